import { useCallback } from 'react';
import { useIntl } from 'react-intl';

import { getTranslation, type TextKey } from './getTranslation';

export type Text = (key: TextKey, values?: Record<string, string | number | boolean>) => string;

/** Says one of the plugin's texts in the editor's language. */
export const useText = (): Text => {
  const { formatMessage } = useIntl();
  return useCallback((key, values) => formatMessage({ id: getTranslation(key) }, values), [formatMessage]);
};
