export declare const generatedFile: URL;
export declare function generate(): Promise<string>;
