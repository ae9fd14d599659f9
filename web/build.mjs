// Bundles each page into one HTML file, dist/report.html and dist/sweep.html, with marks where its data goes.
// Run by the build of src/Steelyard when an input changed; by hand: npm run build.
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

const root = dirname(fileURLToPath(import.meta.url));
const dist = join(root, "dist");
const lock = join(root, "dist", ".lock");
const waitMs = 100;
const staleAfterMs = 120_000;

if (Number(process.versions.node.split(".")[0]) < 20) {
  console.error(`Steelyard's report needs Node 20 to build, found ${process.version}`);
  process.exit(1);
}

mkdirSync(dist, { recursive: true });
await takeLock();
try {
  installPackages();
  await bundle("report", ["src/main.ts", "src/style.css"]);
  await bundle("sweep", ["src/sweep/main.ts", "src/sweep/style.css"]);
} finally {
  rmSync(lock, { recursive: true, force: true });
}

// Two builds at once (Debug and Release, say) take turns: they share node_modules.
async function takeLock() {
  for (;;) {
    try {
      mkdirSync(lock);
      return;
    } catch (error) {
      if (error.code !== "EEXIST") throw error;
    }
    const age = Date.now() - (statSync(lock, { throwIfNoEntry: false })?.mtimeMs ?? Date.now());
    if (age > staleAfterMs) rmSync(lock, { recursive: true, force: true });
    await new Promise(resolve => setTimeout(resolve, waitMs));
  }
}

function installPackages() {
  const stamp = join(root, "node_modules", ".steelyard");
  const wanted = createHash("sha256").update(readFileSync(join(root, "package-lock.json"))).digest("hex");
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === wanted) return;
  const npm = process.platform === "win32" ? "npm.cmd" : "npm";
  const result = spawnSync(npm, ["ci", "--no-audit", "--no-fund", "--loglevel=error"], {
    cwd: root,
    encoding: "utf8",
    shell: process.platform === "win32",
  });
  if (result.status !== 0) {
    const why = (result.stderr ?? `${result.error}`).trim().split("\n").slice(-3).join(" ");
    console.error(`Steelyard's report could not fetch its npm packages: ${why}`);
    process.exitCode = 1;
    throw new Error("npm ci failed");
  }
  writeFileSync(stamp, wanted);
}

async function bundle(name, entryPoints) {
  const entry = pathToFileURL(join(root, "node_modules", "esbuild", "lib", "main.js")).href;
  const { default: esbuild } = await import(entry);
  const result = await esbuild.build({
    absWorkingDir: root,
    entryPoints,
    bundle: true,
    minify: true,
    charset: "utf8",
    legalComments: "none",
    format: "iife",
    target: "es2022",
    outdir: "out",
    write: false,
    metafile: true,
  });
  const text = end => result.outputFiles.find(file => file.path.endsWith(end))?.text ?? "";
  const page = readFileSync(join(root, "src", "page.html"), "utf8")
    .replace("/*style*/", () => text(".css").trim())
    .replace("/*script*/", () => text(".js").trim())
    .replace("<!--licences-->", () => licences(result.metafile));
  // Renamed into place: whoever reads it meanwhile sees the old page or the new one, never half of one.
  writeFileSync(join(dist, `${name}.html.new`), page);
  renameSync(join(dist, `${name}.html.new`), join(dist, `${name}.html`));
}

// Every package in the bundle brings its licence along.
function licences(metafile) {
  const names = new Set();
  for (const input of Object.keys(metafile.inputs)) {
    const found = /^node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(input);
    if (found) names.add(found[1]);
  }
  return [...names].sort().map(licence).join("\n\n");
}

function licence(name) {
  const folder = join(root, "node_modules", name);
  const { version } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  const text = readFileSync(join(folder, "LICENSE"), "utf8").trim();
  return `${name} ${version}\n\n${text}`.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
}
