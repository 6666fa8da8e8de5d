const maxLength = 139;

/** Reports lines that are longer than the house style allows, except for lines with a URL. oxlint has no rule of its own for this. */
const maxLineLength = {
  create: (context) => ({
    Program() {
      context.sourceCode.lines.forEach((text, index) => {
        if (text.length <= maxLength || text.includes('://')) return;
        const line = index + 1;
        const loc = { start: { line, column: 0 }, end: { line, column: text.length } };
        context.report({ loc, message: `The line has ${text.length} characters. The limit is ${maxLength}.` });
      });
    },
  }),
};

export default { meta: { name: 'house' }, rules: { 'max-line-length': maxLineLength } };
