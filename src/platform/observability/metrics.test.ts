import { register } from "prom-client";
import { expect, test } from "vitest";
import { createMetrics, metrics, metricsContentType, renderMetrics } from "./metrics.ts";

test("one set of metrics serves the whole process", () => {
  expect(metrics()).toBe(metrics());
});

test("renders counts with their labels, and the process's own metrics", async () => {
  metrics().httpRequests.inc({ method: "GET", route: "/api/help/{id}", status: "200" });
  const text = await renderMetrics();
  expect(text).toContain('tieline_http_requests_total{method="GET",route="/api/help/{id}",status="200"} 1');
  expect(text).toContain("process_cpu_seconds_total");
  expect(metricsContentType).toBe("text/plain; version=0.0.4; charset=utf-8");
});

test("leaves the library's global registry alone, so that a second set can exist", async () => {
  createMetrics();
  expect(await register.getMetricsAsJSON()).toEqual([]);
});

test("every name starts with tieline_, or external_api_ for what others answer, and ends in a unit, total, up, state or what is counted, as Prometheus has them", async () => {
  const own = (await metrics().registry.getMetricsAsJSON()).filter(({ name }) => !/^(process|nodejs)_/.test(name));
  expect(own.length).toBeGreaterThan(0);
  for (const { name } of own) expect(name).toMatch(/^(tieline|external_api)_[a-z_]+_(total|seconds|in_flight|remaining|up|ratio|state)$/);
});
