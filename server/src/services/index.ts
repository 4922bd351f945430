import { createHost } from './host';

export const services = { host: createHost };
