import { startFakeModel, type FakeModel, type Wire } from "./fake-model.ts";

interface Body {
  systemInstruction: { parts: { text: string }[] };
  contents: { role: string; parts: { text: string }[] }[];
  generationConfig: { maxOutputTokens: number; responseMimeType?: string; responseJsonSchema?: object };
}

/** The Gemini API's streaming endpoint on this machine. Its `origin` is the base URL. */
export function startFakeGemini(): Promise<FakeModel<Body>> {
  return startFakeModel(wire);
}

const plainUsage = { promptTokenCount: 321, candidatesTokenCount: 40, thoughtsTokenCount: 5, totalTokenCount: 366 };

const wire: Wire<Body> = {
  inputOf: ({ contents }) => contents.at(-1)?.parts[0]?.text ?? "",
  // Its first responses can tell nothing but the kind of traffic.
  begin: () => [response([{ text: "The user asks", thought: true }], { usageMetadata: { trafficType: "ON_DEMAND" } })],
  piece: (text) => [response([{ text }], { usageMetadata: { promptTokenCount: 321, candidatesTokenCount: 1, totalTokenCount: 322 } })],
  end({ finishReason, usage, toolCall, refusal }) {
    if (refusal !== undefined) return [{ promptFeedback: { blockReason: refusal }, usageMetadata: usage ?? { promptTokenCount: 321, totalTokenCount: 321 }, modelVersion: "fake-gemini-001" }];
    const parts = toolCall === undefined ? [{ text: "" }] : [{ functionCall: { name: toolCall, args: {} } }];
    const reason = finishReason === undefined ? "STOP" : finishReason;
    return [response(parts, { ...(usage === null ? {} : { usageMetadata: usage ?? plainUsage }) }, reason === null ? {} : { finishReason: reason })];
  },
  frame: (event) => `data: ${JSON.stringify(event)}\r\n\r\n`,
  last: "",
  refusal: (status, retryAfter) => ({
    headers: {},
    body: {
      error: {
        code: status, message: "no", status: status === 429 ? "RESOURCE_EXHAUSTED" : "INTERNAL",
        ...(retryAfter === undefined ? {} : { details: [{ "@type": "type.googleapis.com/google.rpc.RetryInfo", retryDelay: `${retryAfter}s` }] }),
      },
    },
  }),
  error: { error: { code: 503, message: "overloaded", status: "UNAVAILABLE" } },
};

function response(parts: object[], more: object, candidate: object = {}) {
  return { candidates: [{ content: { parts, role: "model" }, index: 0, ...candidate }], modelVersion: "fake-gemini-001", responseId: "r1", ...more };
}
