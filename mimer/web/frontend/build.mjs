// Builds what the browser needs: scripts and style sheets for the pages, and the same typeface for paper.
import { build } from "esbuild";
import { copyFile, mkdir, rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const project = join(here, "..", "..", "..");
const pages = join(here, "..", "static", "mimer", "build");
const paper = join(project, "mimer", "paper", "fonts");
const typeface = join(project, "node_modules", "@expo-google-fonts", "ibm-plex-sans");

await rm(pages, { recursive: true, force: true });
await build({
  entryPoints: ["main.js", "map.js", "mimer.css", "map.css"].map((name) => join(here, name)),
  outdir: pages,
  bundle: true,
  minify: true,
  charset: "utf8",
  format: "esm",
  target: ["chrome109", "firefox115", "safari15.6"],
  assetNames: "[name]",
  loader: { ".woff2": "file", ".png": "file", ".svg": "file" },
  external: ["/static/*"],
  legalComments: "linked",
  logLevel: "warning",
});

await mkdir(paper, { recursive: true });
for (const cut of ["400Regular", "400Regular_Italic", "600SemiBold"]) {
  await copyFile(join(typeface, cut, `IBMPlexSans_${cut}.ttf`), join(paper, `IBMPlexSans-${cut}.ttf`));
}
