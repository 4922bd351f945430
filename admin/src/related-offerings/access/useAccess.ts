import { useAuth, useDocumentRBAC, useForm, useRBAC } from '@strapi/strapi/admin';

import { UIDS } from '../../../../content-types/uids';
import { FIELD } from '../picks/value';

const permission = (action: string, subject: string = UIDS.offering) => ({
  action: `plugin::content-manager.explorer.${action}`,
  subject,
  // What useRBAC's type asks of a permission, and its code does not.
  id: '',
  actionParameters: {},
  properties: {},
  conditions: [],
});

/** Outside of the component, because useRBAC asks again for each new list. */
const WANTED = [permission('read'), permission('create')];
const TOPICS = [permission('read', UIDS.topic)];

export interface Access {
  isLoading: boolean;
  /** Sees offerings, and which of them the story has. */
  canRead: boolean;
  /** Changes which offerings the story has. */
  canChange: boolean;
  /** Makes offerings that do not exist yet. */
  canCreate: boolean;
  /** With these attributes; more than its name is not always an editor's to say. */
  creates: Creates;
}

export interface Creates {
  type: boolean;
  topics: boolean;
}

/** An empty list is Strapi's way of saying that no field is left out. */
const allows = (fields: string[]) => fields.length === 0 || fields.includes(FIELD);

/** What the editor may do here. It only decides what is shown: the server enforces the same. */
export const useAccess = (isSaved: boolean, isDraft: boolean): Access => {
  const { allowedActions, isLoading } = useRBAC(WANTED);
  const permissions = useAuth('RelatedOfferings', (auth) => auth.permissions);
  const { allowedActions: ofTopics } = useRBAC(TOPICS);
  const isDisabled = useForm('RelatedOfferings', ({ disabled }) => disabled);
  const readable = useDocumentRBAC('RelatedOfferings', ({ canReadFields }) => canReadFields);
  const canWrite = useDocumentRBAC('RelatedOfferings', ({ canUpdate, canCreate }) => (isSaved ? canUpdate : canCreate)) ?? false;
  const writable = useDocumentRBAC('RelatedOfferings', ({ canUpdateFields, canCreateFields }) =>
    isSaved ? canUpdateFields : canCreateFields,
  );
  const canRead = allowedActions.canRead === true && allows(readable);
  const canChange = canRead && isDraft && !isDisabled && canWrite && allows(writable);
  const creating = permissions.filter(({ action, subject }) => action === WANTED[1]!.action && subject === UIDS.offering);
  const may = (attribute: string) => creating.some(({ properties }) => properties?.fields?.includes(attribute) ?? true);
  const canCreate = canChange && allowedActions.canCreate === true && may('name');
  const creates = { type: may('type'), topics: may('topics') && ofTopics.canRead === true };
  return { isLoading, canRead, canChange, canCreate, creates };
};
