import ts from 'typescript';

// A browser that translates a page wraps its text nodes in elements of its own. React keeps the old nodes, so it can neither change nor
// remove them, nor insert anything before them. It only replaces text that is the single child of an element. So text beside an
// expression, and an expression with text beside anything else, need an element of their own.
const configFile = ts.readConfigFile('tsconfig.json', ts.sys.readFile).config;
const { fileNames, options } = ts.parseJsonConfigFileContent(configFile, ts.sys, '.');
const program = ts.createProgram(fileNames, options);
const types = program.getTypeChecker();
const faults = [];

for (const file of program.getSourceFiles()) {
  if (!file.isDeclarationFile && file.fileName.includes('/src/') && !file.fileName.includes('node_modules')) visit(file, file);
}

faults.forEach((fault) => console.error(fault));
process.exitCode = faults.length > 0 ? 1 : 0;

function visit(node, file) {
  if (ts.isJsxElement(node) || ts.isJsxFragment(node)) check(node, file);
  ts.forEachChild(node, (child) => visit(child, file));
}

function check(element, file) {
  const children = element.children.filter((child) => !isEmpty(child));
  const mixed = children.length > 1 && children.some(ts.isJsxExpression);
  const text = mixed && children.find((child) => ts.isJsxText(child) || (ts.isJsxExpression(child) && canBeText(child.expression)));
  if (!text) return;

  const { line } = file.getLineAndCharacterOfPosition(text.getStart(file));
  faults.push(`${file.fileName}:${line + 1}: Put this text into an element of its own, or all text of the element into one expression.`);
}

// Spaces are not translated.
function isEmpty(child) {
  if (ts.isJsxText(child)) return child.containsOnlyTriviaWhiteSpaces;
  return ts.isJsxExpression(child) && (!child.expression || (ts.isStringLiteral(child.expression) && !child.expression.text.trim()));
}

// The children of a component are a ReactNode. The parent that passes them is checked instead.
function canBeText(expression) {
  const type = types.getTypeAtLocation(expression);
  if (type.aliasSymbol?.name === 'ReactNode') return false;
  return (type.isUnion() ? type.types : [type]).some(
    (part) => part.flags & (ts.TypeFlags.StringLike | ts.TypeFlags.NumberLike) && part.value !== '',
  );
}
