export interface SpooledSheet { readonly path: string; readonly sheet: string; readonly otherSheets: readonly string[]; readonly date1904: boolean }
export async function spoolXlsx(request: Readonly<{ path: string; name: string; into: string }>): Promise<SpooledSheet> { throw new Error(`placeholder while building ${request.path}`); }
