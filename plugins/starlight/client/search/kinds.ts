/** What is known of kinds by their names alone: how people call them, and what they are asked about. */

/** What `kubectl` takes for a kind, by its short names and plurals. */
export const aliases: Readonly<Record<string, string>> = Object.fromEntries(
  Object.entries({
    Application: 'app apps applications',
    ApplicationSet: 'appset appsets applicationsets',
    AppProject: 'appproj project projects appprojects',
    Namespace: 'ns namespaces namensraum',
    Deployment: 'deploy deployments',
    StatefulSet: 'sts statefulsets',
    DaemonSet: 'ds daemonsets',
    Pod: 'po pods',
    Job: 'jobs',
    CronJob: 'cj cronjobs',
    Service: 'svc services',
    ServiceAccount: 'sa serviceaccounts',
    Secret: 'secrets',
    ExternalSecret: 'es externalsecrets',
    ConfigMap: 'cm configmaps',
    Ingress: 'ing ingresses',
    HTTPRoute: 'route routes httproutes',
    Gateway: 'gw gateways',
    NetworkPolicy: 'netpol networkpolicies',
    ClusterPolicy: 'cpol policy policies clusterpolicies richtlinie',
    CustomResourceDefinition: 'crd crds',
    PersistentVolumeClaim: 'pvc pvcs',
    HorizontalPodAutoscaler: 'hpa hpas',
    Sensor: 'sensors',
    EventSource: 'eventsources',
    WorkflowTemplate: 'wftmpl workflowtemplates',
    Kustomization: 'ks kustomizations',
    HelmRelease: 'hr helmreleases',
    Role: 'roles',
    RoleBinding: 'rolebindings',
  }).flatMap(([kind, names]) => [
    [kind.toLowerCase(), kind],
    ...names.split(' ').map((name) => [name, kind]),
  ]),
);

/** What a question about a kind says besides its name. */
export const vocabulary: Readonly<Record<string, readonly string[]>> = {
  application: words('deploys deployed sync synced outofsync drift chart rolls out deployt bereitstellt'),
  applicationset: words('deploys generates erzeugt'),
  clusterpolicy: words('blocked denied refused admission validation rule blockiert verweigert abgelehnt'),
  policy: words('blocked denied refused admission validation rule blockiert verweigert abgelehnt'),
  validatingpolicy: words('blocked denied refused admission validation rule blockiert verweigert abgelehnt'),
  secret: words('reads reader password token key credentials liest passwort'),
  externalsecret: words('reads password token key vault liest passwort'),
  sensor: words('alert fires event triggers happens alarm ereignis'),
  eventsource: words('alert event webhook alarm ereignis'),
  namespace: words('owns owner team gehört besitzt'),
  httproute: words('host hostname url'),
  ingress: words('host hostname url'),
};

/** Of several with one name, what is most often asked for first; 0.5 for all others. */
export const weights: Readonly<Record<string, number>> = {
  application: 1,
  namespace: 0.95,
  deployment: 0.9,
  statefulset: 0.9,
  daemonset: 0.9,
  applicationset: 0.85,
  appproject: 0.8,
  httproute: 0.8,
  ingress: 0.8,
  sensor: 0.8,
  secret: 0.75,
  clusterpolicy: 0.75,
  eventsource: 0.7,
  workflowtemplate: 0.7,
  externalsecret: 0.65,
  service: 0.6,
  serviceaccount: 0.4,
  role: 0.3,
  rolebinding: 0.3,
  clusterrole: 0.3,
  clusterrolebinding: 0.3,
};

/** Words that a question is made of, and that no name is meant by. */
export function isStopWord(word: string): boolean {
  return stopWords.has(word);
}

const stopWords = new Set(
  words(
    'a an the of in on at to for from by with and or is are was be been does do did has have had it its this that my our your what which who whom whose why when where how may might can could must should will would there out up down first exist exists before after between about show find me i was wer wie wo wann warum welche welcher welches der die das den dem des ein eine einer einem mein meine ist sind hat haben darf kann muss von im in auf zu mit und oder bei vor nach',
  ),
);

function words(text: string): string[] {
  return text.split(' ');
}
