import type { Core } from '@strapi/strapi';

/** A request and its answer, as Strapi's handlers get them. */
export type Context = Parameters<Core.ControllerHandler>[0];
