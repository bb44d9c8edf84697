import { describe, expect, it } from 'vitest';
import { catalogue, isCovered, otherScopes } from './catalogue';

describe('the catalogue of scopes', () => {
  const offered = catalogue();

  it('offers what a system may call, and nothing else', () => {
    const methods = offered.flatMap((one) =>
      one.services.flatMap((service) => service.methods.map((method) => method.scope)),
    );
    expect(methods).toContain('jinhuan.alliance.v1.MemberService/ListMembers');
    expect(methods).toContain('jinhuan.alliance.v1.JournalService/WatchEntries');
    expect(methods).not.toContain('jinhuan.alliance.v1.UserService/CreateUser');
    expect(methods).not.toContain('jinhuan.alliance.v1.JournalService/ListEntries');
  });

  it('leaves the rest to free text', () => {
    const scopes = ['jinhuan.alliance.v1', 'jinhuan.future.v1.Things'];
    expect(otherScopes(scopes, offered)).toEqual(['jinhuan.future.v1.Things']);
  });

  it('knows what a wider scope covers', () => {
    const method = 'jinhuan.alliance.v1.MemberService/ListMembers';
    expect(isCovered(method, new Set(['jinhuan.alliance.v1.MemberService']))).toBe(true);
    expect(isCovered(method, new Set(['jinhuan.alliance.v1']))).toBe(true);
    expect(isCovered(method, new Set([method]))).toBe(false);
    expect(isCovered(method, new Set(['jinhuan.resource.v1']))).toBe(false);
    const service = 'jinhuan.alliance.v1.MemberService';
    expect(isCovered(service, new Set([service]))).toBe(false);
    expect(isCovered(service, new Set(['jinhuan.alliance.v1']))).toBe(true);
  });
});
