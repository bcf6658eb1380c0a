import type { whole as english } from '../en/whole.ts';

export const whole: Readonly<Record<keyof typeof english, string>> = {
  'alert.note': 'Hinweis',
  'alert.tip': 'Tipp',
  'alert.important': 'Wichtig',
  'alert.warning': 'Warnung',
  'alert.caution': 'Vorsicht',

  'whole.overview': 'Überblick',
  'whole.platform': 'Plattform',
  'whole.pages': 'Seiten',
  'whole.stacks': 'Stacks',
  'whole.folders': 'Ordner',
  'whole.status': 'Status',

  'overview.description': 'Was die Manifeste von {{title}} ausrollen, und wie.',
  'overview.readme': 'Die Autoren stellen es in {{page}} vor.',
  'overview.argo_one': 'Argo CD rollt von hier {{count, number}} Anwendung aus.',
  'overview.argo_other': 'Argo CD rollt von hier {{count, number}} Anwendungen aus.',
  'overview.argoAll_one': 'Argo CD rollt von hier {{count, number}} Anwendung aus, erzeugt von {{sets}}.',
  'overview.argoAll_other':
    'Argo CD rollt von hier {{count, number}} Anwendungen aus, alle erzeugt von {{sets}}.',
  'overview.argoSome_one':
    'Argo CD rollt von hier {{count, number}} Anwendung aus, {{made, number}} davon erzeugt von {{sets}}.',
  'overview.argoSome_other':
    'Argo CD rollt von hier {{count, number}} Anwendungen aus, {{made, number}} davon erzeugt von {{sets}}.',
  'overview.openAll_one': 'Was das ApplicationSet erzeugt, weiß nur ein Cluster.',
  'overview.openAll_other': 'Was alle {{sets}} erzeugen, weiß nur ein Cluster.',
  'overview.open_one': 'Was {{count, number}} von {{sets}} erzeugt, weiß nur ein Cluster.',
  'overview.open_other': 'Was {{count, number}} von {{sets}} erzeugen, weiß nur ein Cluster.',
  'overview.flux': 'Flux wendet {{kustomizations}} und {{releases}} an.',
  'overview.nobody': 'Weder Argo CD noch Flux rollt von hier aus: jemand wendet diese Manifeste selbst an.',
  'overview.total_one': 'Insgesamt ergeben die Manifeste {{count, number}} Ressource.',
  'overview.total_other': 'Insgesamt ergeben die Manifeste {{count, number}} Ressourcen.',
  'overview.known': 'Was bekannt ist',
  'overview.allRead': 'Alles, wonach die Manifeste fragen, konnte gelesen werden.',
  'overview.unread_one': '{{count, number}} Sache konnte ohne Netz oder Cluster nicht geprüft werden.',
  'overview.unread_other': '{{count, number}} Sachen konnten ohne Netz oder Cluster nicht geprüft werden.',
  'overview.noFault': 'Kein Fehler wurde gefunden.',
  'overview.faults_one': '{{count, number}} Sache zum Nachsehen wurde in Manifesten und Seiten gefunden.',
  'overview.faults_other': '{{count, number}} Sachen zum Nachsehen wurden in Manifesten und Seiten gefunden.',
  'overview.listed': '{{status}} führt sie auf.',
  'overview.status': 'Der Status',
  'overview.readAt': 'Gelesen bei Commit {{commit}}.',

  'area.stacksDescription': 'Stacks dieses Repositorys, was in jedem geschrieben steht und was es ausrollt.',
  'area.foldersDescription': 'Ordner dieses Repositorys, was in jedem geschrieben steht und was es ausrollt.',
  'area.stacksIntro': 'Die Teile, in die diese Plattform zerfällt, so wie ihre Konfiguration sie nennt.',
  'area.foldersIntro':
    'Wo die Manifeste dieses Repositorys liegen. Ein Ordner mit den meisten davon erscheint durch die Ordner in ihm.',
  'area.read': 'Lesen',
  'area.stackMakes': 'Was die Manifeste des Stacks {{name}} ergeben: {{resources}}.',
  'area.folderMakes': 'Was die Manifeste des Ordners {{name}} ergeben: {{resources}}.',
  'area.intro': '{{resources}} aus den Manifesten unter {{path}}, so wie der Cluster sie bekommt.',
  'area.readme': 'Die Autoren sagen mehr: {{page}}.',
  'area.resourcesOf': 'Ressourcen von {{name}}',

  'names.andMore': 'und {{count, number}} weitere',

  'undeployed.title': 'Nichts hier rollt aus',
  'undeployed.intro':
    'Keine Application, Kustomization oder HelmRelease, die hier bekannt ist, führt zu diesen. Sie werden von Hand oder von einem Skript angewandt, von etwas ausgerollt, das nicht gelesen werden konnte, oder sind übrig geblieben. `deploy` in `plumbline.yaml` nennt, was jemand anwendet: ein Chart wird dann gerendert, und den Applications darin wird gefolgt.',
  'undeployed.chart': 'ein Chart',
  'undeployed.more': 'Und {{count, number}} weitere.',
  'undeployed.moreListed': 'Und {{count, number}} weitere, die {{status}} aufführt.',
  'undeployed.status': 'der Status',

  'status.description': 'Was geprüft wurde, was sich als falsch erwies und was nicht bekannt sein konnte.',
  'status.notVerified': 'Nicht geprüft',
  'status.inManifests': 'In den Manifesten gefunden',
  'status.inPages': 'In den Seiten gefunden',
  'status.inPagesIntro': 'Was das Markdown des Repositorys sagt, und die Manifeste oder die Dateien nicht.',
  'status.made': 'Diese Site wurde aus {{resources}} erzeugt.',
  'status.madeAt': 'Diese Site wurde aus {{resources}} bei Commit {{commit}} erzeugt.',
  'status.nothingStated': 'Auf {{pages}} des Repositorys steht nichts, das geprüft werden könnte.',
  'status.stated': 'Auf {{pages}} des Repositorys wurde geprüft: {{statements}}.',
  'status.listed':
    'Was nicht bekannt sein konnte, ist aufgeführt, nie stillschweigend ausgelassen: ein Chart, das anderswo liegt, ein Generator, der einen Cluster fragt.',
  'status.notVerifiedIntro':
    'Diese brauchen ein Netz, einen Cluster oder eine Datei, die nicht da ist. Was sie hinzufügen würden, ist unbekannt, und keine Aussage, die sie ändern könnten, gilt als wahr.',
  'status.what': 'Was',
  'status.why': 'Warum',
  'status.where': 'Wo',
  'status.severity': 'Schwere',
  'status.says': 'Meldung',
  'status.error': 'Fehler',
  'status.warning': 'Warnung',
  'status.info': 'Hinweis',
  'status.more': '{{count, number}} weitere führt {{command}} auf.',

  'section.applications': 'Anwendungen',
  'section.applicationsIntro':
    'Was Argo CD ausrollt: jede Application, auch die von ApplicationSets erzeugten. Jede führt zu einer Seite mit ihrer Reihenfolge, ihren Ressourcen und dem, was von ihr nicht bekannt ist.',
  'section.sync': 'Sync',
  'section.application-sets': 'ApplicationSets',
  'section.application-setsIntro': 'Was Applications erzeugt, und welche.',
  'section.projects': 'Projekte',
  'section.projectsIntro':
    'Woher Applications Quellen nehmen dürfen, wohin sie ausrollen dürfen, und welche Arten.',
  'section.syncWindows': 'Sync-Fenster',
  'section.waves': 'Sync-Wellen',
  'section.wavesIntro':
    'In welcher Reihenfolge Argo CD anwendet, was eine Sync-Welle setzt; eine niedrigere Welle kommt zuerst.',
  'section.kustomizations': 'Kustomizations',
  'section.kustomizationsIntro': 'Was Flux anwendet, aus welcher Quelle und welchem Pfad, und wonach.',
  'section.helm-releases': 'HelmReleases',
  'section.helm-releasesIntro': 'Die Charts, die Flux installiert: Version, Quelle und wovon jedes abhängt.',
  'section.policies': 'Richtlinien',
  'section.policiesIntro':
    'Jede Regel jeder Richtlinie: worauf sie zutrifft, was sie tut, und auf welche Ressourcen dieses Repositorys sie zutrifft.',
  'section.events': 'Ereignisse',
  'section.eventsIntro': 'Jeder Weg durch Argo Events, von der Quelle zu dem, was ausgelöst wird.',
  'section.secrets': 'Secrets',
  'section.secretsIntro':
    'Woher Secrets kommen, wer sie schreibt und wer sie liest. Werte stehen nirgends auf dieser Site: sie werden verworfen, sobald Manifeste gelesen werden.',
  'section.routes': 'Routen',
  'section.routesIntro': 'Welche Hostnamen durch welches Gateway zu welchem Service führen.',
};
