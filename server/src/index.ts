import { SCHEMAS } from '../../content-types';

import { bootstrap } from './bootstrap';
import { config } from './config';
import { controllers } from './controllers';
import { destroy } from './destroy';
import { register } from './register';
import { routes } from './routes';
import { services } from './services';

export default {
  register,
  bootstrap,
  destroy,
  config,
  controllers,
  routes,
  services,
  contentTypes: Object.fromEntries(Object.entries(SCHEMAS).map(([name, schema]) => [name, { schema }])),
};
