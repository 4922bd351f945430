type Action = string | [action: string, subject: string];

export const READ = 'plugin::content-manager.explorer.read';
export const UPDATE = 'plugin::content-manager.explorer.update';

/**
 * Who may ask a route of the panel at all; what of the answer somebody may see depends on fields and entries, and is up to the services.
 *
 * @param actions all of them have to be allowed; without one whoever is logged in may ask
 */
export const only = (...actions: Action[]) => ({
  policies: ['admin::isAuthenticatedAdmin', ...(actions.length > 0 ? [{ name: 'admin::hasPermissions', config: { actions } }] : [])],
});
