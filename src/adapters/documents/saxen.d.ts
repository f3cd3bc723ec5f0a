// saxen 11 ships no types; only what is used here.
declare module 'saxen' {
  type Attributes = Readonly<Record<string, string>>;

  export class Parser {
    on(
      hook: 'openTag',
      listener: (name: string, attributes: () => Attributes, decode: (text: string) => string) => void,
    ): this;
    on(hook: 'closeTag', listener: (name: string) => void): this;
    on(hook: 'error', listener: (error: Error) => void): this;
    parse(xml: string): this;
  }
}
