// Words to say a table with. Constraint and index names follow one pattern, so most of them are made here.
// What EntitySchema cannot say (1.1.1): identity columns (`generated: 'increment'` reads them rightly), triggers,
// operator classes and storage parameters. These are in the migration alone.

import {
  EntitySchema,
  type EntitySchemaColumnOptions,
  type EntitySchemaOptions,
  type ObjectLiteral,
  type QueryDeepPartialEntity,
} from 'typeorm';

type Column = EntitySchemaColumnOptions;

/** A table; its columns are exactly the fields of its row. */
export const table = <Row extends ObjectLiteral>(
  name: string,
  columns: Readonly<Record<keyof Row, Column>>,
  rest: Pick<EntitySchemaOptions<Row>, 'checks' | 'foreignKeys' | 'indices' | 'uniques'> = {},
): EntitySchema<Row> => new EntitySchema<Row>({ name, tableName: name, columns, ...rest });

export const text: Column = { type: 'text' };
export const integer: Column = { type: 'integer' };
export const double: Column = { type: 'double precision' };
export const boolean: Column = { type: 'boolean' };
export const uuid: Column = { type: 'uuid' };
export const json: Column = { type: 'jsonb' };
export const bytes: Column = { type: 'bytea' };
/** Read as a text, '2026-06-16'. */
export const day: Column = { type: 'date' };
export const instant: Column = { type: 'timestamptz', precision: 3 };

export const optional = (column: Column): Column => ({ ...column, nullable: true });

/** Every column of a compound key carries the name of the key. */
export const primary = (tableName: string, column: Column): Column => ({
  ...column,
  primary: true,
  primaryKeyConstraintName: `${tableName}_pkey`,
});

/** Numbered by the database; read as a text, because a bigint does not fit a JavaScript number. */
export const identity = (tableName: string): Column => ({
  ...primary(tableName, { type: 'bigint' }),
  generated: 'increment',
});

export const references = (column: Column, target: string, name: string): Column => ({
  ...column,
  foreignKey: { target, name },
});

/** A closed set of values. */
export const oneOf = (tableName: string, column: string, values: readonly string[]) => ({
  name: `${tableName}_${column}_check`,
  expression: `${column} in (${values.map((value) => `'${value}'`).join(', ')})`,
});

/**
 * What `insert` takes. TypeORM's own type turns every object inside a jsonb column optional and refuses readonly
 * lists; ours asks for the whole row, less what the database makes.
 */
export const row = <Row extends ObjectLiteral>(values: Row): QueryDeepPartialEntity<Row> =>
  values as unknown as QueryDeepPartialEntity<Row>;
