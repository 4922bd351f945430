import { violatedColumn } from '../../server/src/unique-keys/violated-column';

/** As the drivers of Strapi's databases give them, the statement in front. */
const ERRORS = {
  sqlite: {
    code: 'SQLITE_CONSTRAINT_UNIQUE',
    message: 'insert into `curation_topics` (`name_key`) values (…) - UNIQUE constraint failed: curation_topics.slug_key',
  },
  postgres: {
    code: '23505',
    constraint: 'curation_topics_slug_key_unique',
    message: 'insert into "curation_topics" … - duplicate key value violates unique constraint "curation_topics_slug_key_unique"',
  },
  mariadb: {
    code: 'ER_DUP_ENTRY',
    message: "insert into `curation_topics` … - Duplicate entry 'abc' for key 'curation_topics_slug_key_unique'",
  },
  mysql: {
    code: 'ER_DUP_ENTRY',
    message: "insert into `curation_topics` … - Duplicate entry 'abc' for key 'curation_topics.curation_topics_slug_key_unique'",
  },
};

test.each(Object.entries(ERRORS))('%s says which column refused', (_, error) => {
  expect(violatedColumn('topic', error)).toBe('slugKey');
  expect(violatedColumn('offering', error)).toBeUndefined();
});

test('the words of an editor are not taken for the database’s', () => {
  const said = "UNIQUE constraint failed: curation_topics.slug_key' for key 'curation_topics_slug_key_unique'";
  const sqlite = `insert … values ('${said}') - UNIQUE constraint failed: curation_topics.name_key`;
  const mariadb = `insert … values ('${said}') - Duplicate entry 'abc' for key 'curation_topics_name_key_unique'`;
  expect(violatedColumn('topic', { code: 'SQLITE_CONSTRAINT_UNIQUE', message: sqlite })).toBe('nameKey');
  expect(violatedColumn('topic', { code: 'ER_DUP_ENTRY', message: mariadb })).toBe('nameKey');
  expect(violatedColumn('topic', { code: 'SQLITE_ERROR', message: said })).toBeUndefined();
});

test.each([[undefined], [null], ['text'], [new Error('other')], [{ code: '23505', constraint: 'somebody_elses' }]])(
  '%p is none of ours',
  (error) => {
    expect(violatedColumn('topic', error)).toBeUndefined();
  },
);
