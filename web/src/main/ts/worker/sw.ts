declare const ASSETS: string; console.log(ASSETS);
