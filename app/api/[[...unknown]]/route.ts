/** Every address below /api that nothing else answers: JSON, as programs ask for these. */
function answer(): Response {
  const body = { message: "There is nothing at this address", status: "error" };
  return Response.json(body, { status: 404, headers: { "Cache-Control": "no-store" } });
}

export { answer as DELETE, answer as GET, answer as PATCH, answer as POST, answer as PUT };
