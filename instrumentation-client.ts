import { patientFetch } from "@/components/live/patient-fetch";

// Next runs this before anything else of a page.
window.fetch = patientFetch(window.fetch.bind(window), () => new URL(window.location.href));
