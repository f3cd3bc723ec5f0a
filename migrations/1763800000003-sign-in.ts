import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Signing in: what a session was opened with, personal API tokens, second factors, identities at a provider.
 * New columns have defaults, so that the release before this one goes on opening sessions.
 */
export class SignIn1763800000003 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(up);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(down);
  }
}

const up = `
  alter table session
    add column id uuid not null default gen_random_uuid() constraint session_id_key unique,
    add column user_agent text,
    add column address text,
    add column method text not null default 'password'
      constraint session_method_check check (method in ('password', 'oidc')),
    add column second_factor boolean not null default false;

  alter table login_attempt add column last_at timestamptz(3);

  -- A password was right, the second factor is still to come.
  create table sign_in_challenge (
    token_hash text constraint sign_in_challenge_pkey primary key,
    account_id uuid not null constraint sign_in_challenge_account_id_fkey references account,
    method text not null constraint sign_in_challenge_method_check check (method in ('password', 'oidc')),
    expires_at timestamptz(3) not null
  );
  create index sign_in_challenge_account_id_idx on sign_in_challenge (account_id);

  create table api_token (
    id uuid constraint api_token_pkey primary key,
    account_id uuid not null constraint api_token_account_id_fkey references account,
    name text not null,
    token_hash text not null constraint api_token_token_hash_key unique,
    scopes text[] not null,
    created_at timestamptz(3) not null,
    expires_at timestamptz(3) not null,
    last_used_at timestamptz(3),
    revoked_at timestamptz(3)
  );
  create index api_token_account_id_idx on api_token (account_id);

  create table second_factor (
    account_id uuid constraint second_factor_pkey primary key
      constraint second_factor_account_id_fkey references account,
    sealed_secret text not null,
    created_at timestamptz(3) not null,
    confirmed_at timestamptz(3),
    -- The 30 seconds of the last code that was taken: no code is taken twice.
    last_used_step bigint
  );

  create table recovery_code (
    account_id uuid not null constraint recovery_code_account_id_fkey references account,
    code_hash text not null,
    used_at timestamptz(3),
    constraint recovery_code_pkey primary key (account_id, code_hash)
  );

  create table external_identity (
    issuer text not null,
    subject text not null,
    account_id uuid not null constraint external_identity_account_id_fkey references account,
    linked_at timestamptz(3) not null,
    constraint external_identity_pkey primary key (issuer, subject),
    -- An address that the provider gives to somebody else later leads nowhere.
    constraint external_identity_account_id_issuer_key unique (account_id, issuer)
  );
`;

const down = `
  drop table external_identity, recovery_code, second_factor, api_token, sign_in_challenge;
  alter table login_attempt drop column last_at;
  alter table session drop column id, drop column user_agent, drop column address, drop column method,
    drop column second_factor;
`;
