import { dropTemplates } from './template';

export default dropTemplates;
