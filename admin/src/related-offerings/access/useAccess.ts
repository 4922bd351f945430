import { useDocumentRBAC, useForm, useRBAC } from '@strapi/strapi/admin';

import { UIDS } from '../../../../content-types/uids';
import { FIELD } from '../picks/value';

const permission = (action: string) => ({
  action: `plugin::content-manager.explorer.${action}`,
  subject: UIDS.offering,
  // What useRBAC's type asks of a permission, and its code does not.
  id: '',
  actionParameters: {},
  properties: {},
  conditions: [],
});

/** Outside of the component, because useRBAC asks again for each new list. */
const WANTED = [permission('read'), permission('create')];

export interface Access {
  isLoading: boolean;
  /** Sees offerings, and which of them the story has. */
  canRead: boolean;
  /** Changes which offerings the story has. */
  canChange: boolean;
  /** Makes offerings that do not exist yet. */
  canCreate: boolean;
}

/** An empty list is Strapi's way of saying that no field is left out. */
const allows = (fields: string[]) => fields.length === 0 || fields.includes(FIELD);

/** What the editor may do here. It only decides what is shown: the server enforces the same. */
export const useAccess = (isSaved: boolean, isDraft: boolean): Access => {
  const { allowedActions, isLoading } = useRBAC(WANTED);
  const isDisabled = useForm('RelatedOfferings', ({ disabled }) => disabled);
  const readable = useDocumentRBAC('RelatedOfferings', ({ canReadFields }) => canReadFields);
  const canWrite = useDocumentRBAC('RelatedOfferings', ({ canUpdate, canCreate }) => (isSaved ? canUpdate : canCreate)) ?? false;
  const writable = useDocumentRBAC('RelatedOfferings', ({ canUpdateFields, canCreateFields }) =>
    isSaved ? canUpdateFields : canCreateFields,
  );
  const canRead = allowedActions.canRead === true && allows(readable);
  const canChange = canRead && isDraft && !isDisabled && canWrite && allows(writable);
  return { isLoading, canRead, canChange, canCreate: canChange && allowedActions.canCreate === true };
};
