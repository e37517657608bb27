// Runs ahead of every npm command (node --require) and is written for any Node.js, so that an old one says in words
// what it lacks instead of failing over the first file it cannot read.
var manifest = require("../../package.json");

/** The numbers of a version, for instance [20, 9, 0]. */
function numbersOf(version) {
  return version
    .replace(/^[^0-9]*/, "")
    .split(".")
    .map(Number);
}

function isOlder(version, oldest) {
  var have = numbersOf(version);
  var need = numbersOf(oldest);
  for (var i = 0; i < 3; i += 1) {
    if (have[i] !== need[i]) return have[i] < need[i];
  }
  return false;
}

/** What to tell users whose Node.js is too old, or undefined when it will do. `forTests` asks what `npm test` needs. */
function complaint(version, forTests) {
  var oldest = forTests ? manifest.devEngines.runtime.version : manifest.engines.node;
  if (!isOlder(version, oldest)) return undefined;
  var purpose = forTests ? "The tests of WinAuthMon need" : "WinAuthMon needs";
  return (
    purpose +
    " Node.js " +
    numbersOf(oldest).join(".") +
    " or newer; this is " +
    version.replace("v", "") +
    ". See https://nodejs.org"
  );
}

module.exports = { complaint: complaint, oldest: numbersOf(manifest.engines.node).join(".") };

var isForTests = /(test|verify|oxfmt)[^/\\]*$/.test(process.argv[1] || "");
var problem = complaint(process.version, false) || (isForTests && complaint(process.version, true));
if (problem) {
  process.stderr.write("[winauthmon] " + problem + "\n");
  process.exit(1);
}
