/** The parts of the URL standard that every side has; shared is compiled with neither the DOM's nor Node's types. */
declare global {
  interface URLSearchParams {
    keys(): IterableIterator<string>;
    get(name: string): string | null;
    delete(name: string): void;
    sort(): void;
  }
  var URL: new (url: string, base?: string) => URL;
  interface URL {
    protocol: string;
    hostname: string;
    host: string;
    pathname: string;
    hash: string;
    readonly origin: string;
    readonly searchParams: URLSearchParams;
    toString(): string;
  }
}
export {};
