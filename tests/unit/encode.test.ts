import { toJson } from '../../migrations/apply/encode';

it('reads JSON as Strapi does, a text that it wrote without quotes too', () => {
  expect(toJson('["Jane Doe"]')).toEqual(['Jane Doe']);
  expect(toJson('"Jane Doe"')).toBe('Jane Doe');
  expect(toJson('Jane Doe')).toBe('Jane Doe');
  expect(toJson(null)).toBeNull();
});
