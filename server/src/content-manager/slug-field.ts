import type { Core } from '@strapi/strapi';

import { contentTypeOf } from '../../../content-types';
import { isBlank } from '../../../content-types/rules/blank';
import { baseSlugOf } from '../slugs/base-slug';
import { freeSlug } from '../slugs/free-slug';
import { findOwner } from '../unique-keys/find-owner';

interface Field {
  contentTypeUID: string;
  field: string;
}

/** The part of the Content Manager's service `uid` that stands behind the slug field of its edit form. */
interface UidService {
  generateUIDField(input: Field & { data: Record<string, unknown> }): Promise<string>;
  findUniqueUID(input: Field & { value: string }): Promise<string>;
  checkUIDAvailability(input: Field & { value: string }): Promise<boolean>;
}

/**
 * Makes the slug field of the edit form agree with what a save will do: "Regenerate" gives the slug that an empty field would get, and
 * "Available" means that no other entry has it. Content types of others keep Strapi's answers.
 */
export const extendSlugField = (strapi: Core.Strapi): void => {
  strapi.get('services').extend('plugin::content-manager.uid', (service: UidService): UidService => {
    return {
      ...service,

      async generateUIDField(input) {
        const type = contentTypeOf(input.contentTypeUID);
        if (!type) return service.generateUIDField(input);
        const base = baseSlugOf(type, input.data);
        // The form sends the entry's documentId under this name, and '' for a new one.
        const documentId = isBlank(input.data.id) ? undefined : String(input.data.id);
        return base ? freeSlug(strapi, { type, base, documentId }) : '';
      },

      async findUniqueUID(input) {
        const type = contentTypeOf(input.contentTypeUID);
        return type ? freeSlug(strapi, { type, base: input.value }) : service.findUniqueUID(input);
      },

      async checkUIDAvailability(input) {
        const type = contentTypeOf(input.contentTypeUID);
        if (!type) return service.checkUIDAvailability(input);
        return !(await findOwner(strapi, { type, values: { slug: input.value }, columns: ['slugKey'] }));
      },
    };
  });
};
