/**
 * Roles of a project: names, groups and policies. Source: `validateRoleName`, `validateGroupName`,
 * `validatePolicy` of the AppProject API.
 */

const roleName = /^[a-zA-Z0-9]([-_a-zA-Z0-9]*[a-zA-Z0-9])?$/;
const resources = ['applications', 'applicationsets', 'repositories', 'clusters', 'exec', 'logs'];
const actions = ['get', 'create', 'update', 'delete', 'sync', 'override', '*'];

/** Argo CD's error, or null. */
export function roleNameFault(name: string): string | null {
  return roleName.test(name)
    ? null
    : `invalid role name '${name}'. Must consist of alphanumeric characters, '-' or '_', and must start and end with an alphanumeric character`;
}

/** A group with a comma must stand in quotes; no quote, tab or line end inside, no space at the ends. */
export function groupFault(name: string): string | null {
  if (name.trim() === '') return `group '${name}' is empty`;
  if (name.trim() !== name) return `group '${name}' contains invalid characters`;
  const quoted = name.length > 1 && name.startsWith('"') && name.endsWith('"');
  const inner = quoted ? name.slice(1, -1) : name;
  if (inner === '') return `group '${name}' is empty`;
  return /["\n\r\t]/.test(inner) || (!quoted && inner.includes(','))
    ? `group '${name}' contains invalid characters`
    : null;
}

/** `p, proj:PROJECT:ROLE, RESOURCE, ACTION, OBJECT, allow|deny`. */
export function policyFault(project: string, role: string, policy: string): string | null {
  const parts = policy.split(',').map((part) => part.replace(/^ +| +$/g, ''));
  const [type, subject, resource = '', action = '', object = '', effect = ''] = parts;
  const fault = (why: string): string => `invalid policy rule '${policy}': ${why}`;
  if (parts.length !== 6 || type !== 'p') return fault("must be of the form: 'p, sub, res, act, obj, eft'");
  const wanted = `proj:${project}:${role}`;
  if (subject !== wanted) return fault(`policy subject must be: '${wanted}', not '${subject ?? ''}'`);
  if (!resources.includes(resource))
    return fault(`project resource must be one of ${resources.join(', ')}, not '${resource}'`);
  if (!isValidAction(action)) return fault(`invalid action '${action}'`);
  if (!isValidPolicyObject(project, object)) {
    return fault(
      `object must be of form '${project}/*', '${project}[/<NAMESPACE>]/<APPNAME>' or '${project}/<APPNAME>', not '${object}'`,
    );
  }
  return effect === 'allow' || effect === 'deny'
    ? null
    : fault(`effect must be: 'allow' or 'deny', not '${effect}'`);
}

export function isValidAction(action: string): boolean {
  return actions.includes(action) || /(action|update|delete)\//.test(action);
}

/** `PROJECT/APPLICATION` or `PROJECT/NAMESPACE/APPLICATION`, with `*` anywhere after the project. */
export function isValidPolicyObject(project: string, object: string): boolean {
  if (!object.startsWith(`${project}/`)) return false;
  return /^([*\w.-]+\/)?[*\w.-]+$/.test(object.slice(project.length + 1));
}
