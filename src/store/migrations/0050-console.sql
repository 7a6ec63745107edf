-- People who use the console, their sessions and API tokens. The first four tables are better-auth's, with its own
-- column names; passwords are scrypt hashes, tokens of API users SHA-256 digests.

create table portolan.console_user (
  id text primary key,
  name text not null,
  email text not null unique,
  "emailVerified" boolean not null,
  image text,
  role text not null check (role in ('owner', 'operator', 'reviewer', 'viewer')),
  "createdAt" timestamptz not null default clock_timestamp(),
  "updatedAt" timestamptz not null default clock_timestamp()
);

create table portolan.console_session (
  id text primary key,
  "expiresAt" timestamptz not null,
  token text not null unique,
  "createdAt" timestamptz not null default clock_timestamp(),
  "updatedAt" timestamptz not null default clock_timestamp(),
  "ipAddress" text,
  "userAgent" text,
  "userId" text not null references portolan.console_user on delete cascade
);
create index console_session_user on portolan.console_session ("userId");

create table portolan.console_credential (
  id text primary key,
  "accountId" text not null,
  "providerId" text not null,
  "userId" text not null references portolan.console_user on delete cascade,
  "accessToken" text,
  "refreshToken" text,
  "idToken" text,
  "accessTokenExpiresAt" timestamptz,
  "refreshTokenExpiresAt" timestamptz,
  scope text,
  password text,
  "createdAt" timestamptz not null default clock_timestamp(),
  "updatedAt" timestamptz not null default clock_timestamp()
);
create index console_credential_user on portolan.console_credential ("userId");

create table portolan.console_verification (
  id text primary key,
  identifier text not null,
  value text not null,
  "expiresAt" timestamptz not null,
  "createdAt" timestamptz not null default clock_timestamp(),
  "updatedAt" timestamptz not null default clock_timestamp()
);

create table portolan.api_token (
  id uuid primary key,
  digest text not null unique,
  name text not null,
  role text not null check (role in ('owner', 'operator', 'reviewer', 'viewer')),
  made_by text not null,
  created_at timestamptz not null default clock_timestamp(),
  expires_at timestamptz not null,
  used_at timestamptz,
  revoked_at timestamptz
);
