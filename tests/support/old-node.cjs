// Plays an older Node.js to what is loaded after it.
Object.defineProperty(process, "version", { value: "v18.0.0" });
