import { bootWith } from '../support/configured-app';

describe('the configuration', () => {
  test('that is partial is completed', async () => {
    expect(await bootWith({ limits: { files: 10 } })).toMatchObject({
      config: { configureViews: true, limits: { files: 10, keys: expect.any(Number) as number } },
      settings: { defaultSortBy: 'name', pageSize: 50 },
    });
  });

  test('can leave the views of the Content Manager alone', async () => {
    expect(await bootWith({ configureViews: false })).toMatchObject({ config: { configureViews: false }, settings: { pageSize: 10 } });
  });

  test('that is wrong keeps Strapi from starting, and says where and what was expected', async () => {
    const { error } = (await bootWith({ configureViews: 'yes', limits: { files: -1, flies: 5 }, views: {} })) as { error: string };
    expect(error).toBe(
      [
        'Error regarding curation config: The configuration of strapi-plugin-curation is not valid:',
        '  curation.config.configureViews: Invalid input: expected boolean, received string',
        '  curation.config.limits.files: Too small: expected number to be >0',
        '  curation.config.limits: Unrecognized key: "flies"',
        '  curation.config: Unrecognized key: "views"',
      ].join('\n'),
    );
  });
});
