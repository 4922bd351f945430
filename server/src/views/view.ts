/** One attribute in the edit form and in the list. */
export interface Field {
  label: string;
  /** Stands below the field in the edit form. */
  hint: string;
  /** For a relation: the attribute by which its entries are shown. */
  mainField?: string;
}

/** How the Content Manager shows a content type. */
export interface View {
  settings: {
    mainField: string;
    defaultSortBy: string;
    defaultSortOrder: 'ASC' | 'DESC';
    pageSize: 10 | 20 | 50 | 100;
  };
  /** The columns of the list. */
  list: string[];
  /** The rows of the edit form: attribute and width, in twelfths. */
  edit: [name: string, size: number][][];
  fields: Record<string, Field>;
}
