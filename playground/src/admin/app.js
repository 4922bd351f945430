/** The languages that the plugin's own half of the panel speaks, beside English. */
export default {
  config: { locales: ['de', 'es', 'fr'] },
  bootstrap() {},
};
