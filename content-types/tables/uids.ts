/** The plugin's own tables, by the name of their model. */
export const TABLES = {
  run: 'plugin::curation.run',
  record: 'plugin::curation.record',
  change: 'plugin::curation.change',
  lease: 'plugin::curation.lease',
  stamp: 'plugin::curation.stamp',
  dismissal: 'plugin::curation.dismissal',
  redirect: 'plugin::curation.redirect',
  delivery: 'plugin::curation.delivery',
  facet: 'plugin::curation.facet',
  sequence: 'plugin::curation.sequence',
  mark: 'plugin::curation.mark',
  refresh: 'plugin::curation.refresh',
  spelling: 'plugin::curation.spelling',
} as const;
