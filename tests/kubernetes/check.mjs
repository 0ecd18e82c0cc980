// node check.mjs FILE...: is each a Job that Kubernetes' API server would take? A line for each: "ok", or why not. The
// schema is kubernetes-models'; it lets unknown fields pass and knows no rule between two fields, so those are here
// (pkg/apis/batch/validation/validation.go of Kubernetes).
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import YAML from "yaml";
import { Job } from "kubernetes-models/batch/v1/Job";

const require = createRequire(import.meta.url);
const models = dirname(require.resolve("kubernetes-models/package.json"));
const interfaces = new Map(); // name of a type -> its fields -> their types

function interfaceOf(file, type) {
    if (interfaces.has(type)) return interfaces.get(type);
    const text = readFileSync(join(models, file), "utf8");
    const at = text.search(new RegExp(`export interface ${type}\\b`));
    const body = at < 0 ? "" : text.slice(at, text.indexOf("\n}", at));
    const imports = new Map([...text.matchAll(/import \{ (\w+) \} from "(\.[^"]+)"/g)].map((m) => [m[1], m[2]]));
    const fields = new Map();
    for (const [, name, is] of body.matchAll(/^    "?([\w-]+)"?\??: (.*)$/gm)) fields.set(name, is);
    interfaces.set(type, { fields, imports, file });
    return interfaces.get(type);
}

// Fields that no version of the type has.
function unknown(value, file, type, path, found) {
    const known = interfaceOf(file, type);
    for (const [name, part] of Object.entries(value)) {
        const is = known.fields.get(name);
        if (is === undefined) {
            found.push(`${path}.${name} is no field of ${type}`);
            continue;
        }
        const next = [...is.matchAll(/\w+/g)].map((m) => m[0]).find((word) => known.imports.has(word));
        if (!next) continue;
        const at = join(dirname(known.file), known.imports.get(next).replace(/\.js$/, "")) + ".d.ts";
        const real = readFileSync(join(models, at), "utf8").match(/export interface (I\w+)/)?.[1];
        for (const each of Array.isArray(part) ? part : [part])
            if (real && each && typeof each === "object") unknown(each, at, real, `${path}.${name}`, found);
    }
}

function rules(job) {
    const found = [], must = (fine, text) => fine || found.push(text);
    const spec = job.spec, pod = spec.template.spec, policy = spec.podFailurePolicy;
    must(/^[a-z0-9]([-a-z0-9]{0,50}[a-z0-9])?$/.test(job.metadata?.name ?? ""), "metadata.name is no name of a Job");
    must(["Never", "OnFailure"].includes(pod.restartPolicy), "restartPolicy must be Never or OnFailure");
    must(spec.completionMode !== "Indexed" || spec.completions > 0, "Indexed needs completions");
    must(spec.parallelism >= 0 && spec.parallelism <= 100000, "parallelism must be at most 100000");
    if (spec.backoffLimitPerIndex !== undefined) {
        must(spec.completionMode === "Indexed", "backoffLimitPerIndex needs Indexed");
        must((spec.maxFailedIndexes ?? 0) <= Math.min(spec.completions, 100000), "maxFailedIndexes is too large");
        if (spec.completions > 100000)
            must(spec.maxFailedIndexes <= 10000 && spec.parallelism <= 10000, "completions are too many");
    } else {
        must(spec.maxFailedIndexes === undefined, "maxFailedIndexes needs backoffLimitPerIndex");
    }
    if (policy) {
        must(pod.restartPolicy === "Never", "podFailurePolicy needs restartPolicy Never");
        must((spec.podReplacementPolicy ?? "Failed") === "Failed", "podFailurePolicy needs podReplacementPolicy Failed");
        must(policy.rules.length <= 20, "podFailurePolicy has more than 20 rules");
    }
    for (const { action, onExitCodes: codes, onPodConditions: conditions } of policy?.rules ?? []) {
        must(!codes !== !conditions, "a rule must have one of onExitCodes and onPodConditions");
        must(action !== "FailIndex" || spec.backoffLimitPerIndex !== undefined, "FailIndex needs backoffLimitPerIndex");
        if (!codes) continue;
        const { values, operator, containerName } = codes;
        must(values.length > 0 && values.length <= 255, "1 to 255 exit codes");
        must(values.every((v, i) => !i || v > values[i - 1]), "exit codes must be in order, each once");
        must(operator !== "In" || !values.includes(0), "exit code 0 is no failure");
        must(!containerName || pod.containers.some((c) => c.name === containerName), "a rule names no container");
    }
    const volumes = new Set((pod.volumes ?? []).map((v) => v.name));
    for (const c of pod.containers)
        for (const m of c.volumeMounts ?? []) must(volumes.has(m.name), `no volume is called ${m.name}`);
    for (const t of pod.tolerations ?? [])
        must(t.tolerationSeconds === undefined || t.effect === "NoExecute", "tolerationSeconds needs NoExecute");
    return found;
}

function judge(file) {
    try {
        const job = YAML.parse(readFileSync(file, "utf8"));
        new Job(job).validate();
        const found = rules(job);
        unknown(job.spec, "batch/v1/JobSpec.d.ts", "IJobSpec", "spec", found);
        return found.join("; ") || "ok";
    } catch (error) {
        return String(error.message).replaceAll("\n", " ");
    }
}

for (const file of process.argv.slice(2)) console.log(judge(file));
