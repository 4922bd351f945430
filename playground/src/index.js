'use strict';

const TYPES = ['curated-content', 'topic', 'offering'];
const ACTIONS = TYPES.flatMap((type) => ['find', 'findOne'].map((action) => `plugin::curation.${type}.${action}`));

/** Opens reading to everybody: what an app does under Settings > Users & Permissions > Roles > Public. */
const openToPublic = async (strapi) => {
  const role = await strapi.db.query('plugin::users-permissions.role').findOne({ where: { type: 'public' }, populate: ['permissions'] });
  const granted = new Set(role.permissions.map(({ action }) => action));
  for (const action of ACTIONS) {
    if (!granted.has(action)) await strapi.db.query('plugin::users-permissions.permission').create({ data: { action, role: role.id } });
  }
};

module.exports = {
  register() {},
  async bootstrap({ strapi }) {
    await openToPublic(strapi);
  },
};
