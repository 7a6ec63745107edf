import { hkdfSync } from 'node:crypto';
import type { ProposeParams } from '../engine/propose/propose.ts';
import { secretBox, type SecretBox } from '../store/secrets.ts';
import { settingsStore, type SettingsStore } from '../store/settings.ts';
import type { MailServer } from './notify/send.ts';
import type { ServerParts } from './parts.ts';

export interface AdviserSetting { readonly kind: 'anthropic' | 'openai-compatible'; readonly model: string; readonly url: string | null }

/** Settings of the installation; secrets go in and are only used, never shown. */
export class Settings {
  readonly #store: SettingsStore;
  readonly #parts: ServerParts;
  readonly #box: SecretBox;

  constructor(parts: ServerParts) {
    this.#parts = parts;
    this.#store = settingsStore(parts.people.database);
    this.#box = secretBox(Buffer.from(hkdfSync('sha256', parts.secret, '', 'portolan settings', 32)));
  }

  seal(secret: string, context: string): string {
    this.#parts.keepSecret(secret);
    return this.#box.seal(secret, context);
  }

  unseal(sealed: string, context: string): string {
    const secret = this.#box.open(sealed, context);
    this.#parts.keepSecret(secret);
    return secret;
  }

  /** Days after which a project at rest is purged; null = never. */
  async retentionDays(): Promise<number | null> {
    const value = (await this.#store.get('retention'))?.value['days'];
    return typeof value === 'number' ? value : null;
  }

  async setRetentionDays(days: number | null, by: string): Promise<void> {
    await this.#store.put({ name: 'retention', value: { days }, sealed: null, by });
  }

  async mailServer(): Promise<MailServer | null> {
    const setting = await this.#store.get('smtp');
    return setting === null ? null : { ...setting.value as unknown as Omit<MailServer, 'password'>, password: setting.sealed === null ? null : this.unseal(setting.sealed, 'smtp') };
  }

  /** @param params.password undefined = stays, null = there is none */
  async setMailServer(params: Readonly<{ server: Omit<MailServer, 'password'>; password: string | null | undefined; by: string }>): Promise<void> {
    await this.#store.put({ name: 'smtp', value: { ...params.server }, sealed: params.password === undefined || params.password === null ? params.password : this.seal(params.password, 'smtp'), by: params.by });
  }

  async adviser(): Promise<(AdviserSetting & { readonly apiKey: string | null }) | null> {
    const setting = await this.#store.get('adviser');
    return setting === null ? null : { ...setting.value as unknown as AdviserSetting, apiKey: setting.sealed === null ? null : this.unseal(setting.sealed, 'adviser') };
  }

  /** The language model as the proposer takes it; undefined = none is set, so that nothing leaves the machine. */
  async openAdviser(): Promise<ProposeParams['adviser']> {
    const setting = await this.adviser();
    return setting === null ? undefined : this.#parts.openAdviser(setting);
  }

  async setAdviser(params: Readonly<{ adviser: AdviserSetting; apiKey: string | null | undefined; by: string }>): Promise<void> {
    await this.#store.put({ name: 'adviser', value: { ...params.adviser }, sealed: params.apiKey === undefined || params.apiKey === null ? params.apiKey : this.seal(params.apiKey, 'adviser'), by: params.by });
  }

  remove(name: 'smtp' | 'adviser'): Promise<boolean> {
    return this.#store.remove(name);
  }
}
