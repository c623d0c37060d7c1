import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import * as ajvFormats from 'ajv-formats';

interface Parameter {
  name: string;
  in: 'path' | 'query';
  required?: boolean;
  schema: { type?: string; $ref?: string };
}
interface Operation {
  parameters?: (Parameter | { $ref: string })[];
  requestBody?: { required?: boolean; content: Record<string, { schema: object }> };
  responses: Record<string, { content?: Record<string, { schema: object }> }>;
}
interface Document {
  paths: Record<string, Record<string, Operation>>;
  components: { parameters: Record<string, Parameter> };
}
const escaped = (part: string): string => part.replaceAll('~', '~0').replaceAll('/', '~1');

/** For tests: X's published description, against which requests and answers are held. Kept outside this repository (env X_OPENAPI_FILE). */
export class OpenApi {
  private readonly document: Document;
  private readonly ajv: Ajv;
  constructor(file: string) {
    this.document = JSON.parse(readFileSync(file, 'utf8')) as Document;
    this.ajv = new Ajv({ strict: false, allErrors: true, logger: false });
    (ajvFormats as unknown as { default: (ajv: Ajv) => void }).default(this.ajv);
    this.ajv.addSchema({ ...this.document, $id: 'x' });
  }
  /** Every operation as `GET /2/users/{id}`. */
  operations(): string[] {
    return Object.entries(this.document.paths).flatMap(([path, methods]) => Object.keys(methods).filter((method) => method !== 'parameters').map((method) => `${method.toUpperCase()} ${path}`));
  }
  /** Which operation a request is; the template with the fewest holes wins. */
  operationOf(method: string, path: string): { name: string; at: string; operation: Operation; params: Record<string, string> } | null {
    const parts = path.split('/');
    const found = Object.entries(this.document.paths)
      .filter(([template, methods]) => methods[method.toLowerCase()] && template.split('/').length === parts.length && template.split('/').every((each, i) => each.startsWith('{') || each === parts[i]))
      .sort(([a], [b]) => a.split('{').length - b.split('{').length)[0];
    const operation = found?.[1][method.toLowerCase()];
    if (!found || !operation) return null;
    const params = Object.fromEntries(found[0].split('/').flatMap((each, i) => (each.startsWith('{') ? [[each.slice(1, -1), decodeURIComponent(parts[i] ?? '')]] : [])));
    return { name: `${method} ${found[0]}`, at: `x#/paths/${escaped(found[0])}/${method.toLowerCase()}`, operation, params };
  }
  private problems(pointer: string, value: unknown): string[] {
    const validate = this.ajv.getSchema(pointer);
    if (!validate) return [`no schema at ${pointer}`];
    return validate(value) ? [] : (validate.errors ?? []).slice(0, 5).map((error) => `${error.instancePath} ${error.message ?? ''} ${JSON.stringify(error.params)}`);
  }

  /** What is wrong with a request: its path, every parameter's name and value, and its body. */
  requestProblems(method: string, url: URL, contentType: string, body: Uint8Array): string[] {
    const found = this.operationOf(method, url.pathname);
    if (!found) return [`no such operation: ${method} ${url.pathname}`];
    const { at, operation, params } = found;
    const parameters = (operation.parameters ?? []).map((each, index): { parameter: Parameter; pointer: string } => {
      if (!('$ref' in each)) return { parameter: each, pointer: `${at}/parameters/${index}/schema` };
      const name = each.$ref.split('/').at(-1) ?? '';
      return { parameter: this.document.components.parameters[name] as Parameter, pointer: `x#/components/parameters/${name}/schema` };
    });
    const wrong = [...url.searchParams.keys()].filter((name) => !parameters.some(({ parameter }) => parameter.in === 'query' && parameter.name === name)).map((name) => `unknown parameter ${name}`);
    for (const { parameter, pointer } of parameters) {
      const raw = parameter.in === 'path' ? (params[parameter.name] ?? null) : url.searchParams.get(parameter.name);
      if (raw === null) {
        if (parameter.required) wrong.push(`${parameter.name} is missing`);
        continue;
      }
      const value = parameter.schema.type === 'array' ? raw.split(',') : parameter.schema.type === 'integer' ? Number(raw) : raw;
      wrong.push(...this.problems(pointer, value).map((each) => `${parameter.name}: ${each}`));
    }
    const type = contentType.split(';')[0] ?? '';
    const content = operation.requestBody?.content;
    if (content && (body.length > 0 || operation.requestBody?.required)) {
      if (!content[type]) wrong.push(`a body of type ${type}`);
      else wrong.push(...this.problems(`${at}/requestBody/content/${escaped(type)}/schema`, type === 'application/json' ? JSON.parse(Buffer.from(body).toString('utf8')) : formFields(body)).map((each) => `body: ${each}`));
    } else if (!content && body.length > 0 && Buffer.from(body).toString('utf8') !== '{}') wrong.push('a body where none belongs');
    return wrong;
  }
  /** What is wrong with an answer. */
  answerProblems(method: string, path: string, status: number, contentType: string, body: unknown): string[] {
    const found = this.operationOf(method, path);
    if (!found) return [`no such operation: ${method} ${path}`];
    const key = found.operation.responses[String(status)] ? String(status) : 'default';
    if (status < 300 && key === 'default') return [`an answer of status ${status}`];
    const type = contentType.split(';')[0] ?? '';
    if (!found.operation.responses[key]?.content?.[type]) return [`an answer of type ${type} for ${status}`];
    return this.problems(`${found.at}/responses/${key}/content/${escaped(type)}/schema`, body);
  }
}

/** Names and texts of a multipart body; the bytes of files are only named. */
function formFields(body: Uint8Array): Record<string, string> {
  const text = Buffer.from(body).toString('latin1');
  const found = [...text.matchAll(/name="([^"]+)"(; filename="[^"]*")?[^\r\n]*(?:\r\n[^\r\n]+)*\r\n\r\n([^]*?)\r\n--/g)];
  return Object.fromEntries(found.map((match) => [match[1] ?? '', match[2] ? 'bytes' : (match[3] ?? '').slice(0, 200)]));
}
