import type { Core } from '@strapi/strapi';

import { PLUGIN_ID } from '../../../content-types';

import type { CurationConfig } from '.';

/** The plugin's configuration in this app, with what the app leaves to the defaults. */
export const configOf = (strapi: Core.Strapi): CurationConfig => strapi.config.get<CurationConfig>(`plugin::${PLUGIN_ID}`);

/** True where the command line has started this Strapi, which then serves nobody. */
export const isCommand = (strapi: Core.Strapi): boolean => strapi.config.get<boolean>('curation.commandLine', false);
