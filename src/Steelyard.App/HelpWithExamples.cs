using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using System.CommandLine.Parsing;
using Steelyard.App.Commands;
using Steelyard.App.Terminals;
using Steelyard.Runs;

namespace Steelyard.App;

/// <summary>The parser's help, and then examples.</summary>
internal sealed class HelpWithExamples(HelpAction help, Terminal terminal) : SynchronousCommandLineAction
{
    public override bool ClearsParseErrors => true;

    public override int Invoke(ParseResult parseResult)
    {
        help.MaxWidth = terminal.Width;
        using var text = new StringWriter();
        parseResult.InvocationConfiguration.Output = text;
        var code = help.Invoke(parseResult);
        terminal.Output.Write(IsDesign(parseResult) ? WithoutDesignWord(text.ToString()) : text.ToString());
        var examples = Examples.Of(parseResult.CommandResult.Command);
        if (examples.Count > 0)
            terminal.Line(examples.Count == 1 ? "Example:" : "Examples:");
        foreach (var example in examples)
            terminal.Line($"  {terminal.Named(example)}");
        return code;
    }

    static bool IsDesign(ParseResult parsed) =>
        parsed.CommandResult.Parent is CommandResult { Parent: not null } above
            && above.Command.Arguments.Any(argument => argument.Name == DesignWord.Name);

    /// <summary>The design is chosen already, so the word that would choose it is noise.</summary>
    static string WithoutDesignWord(string help)
    {
        var arguments = help.IndexOf("Arguments:", StringComparison.Ordinal);
        var options = help.IndexOf("Options:", StringComparison.Ordinal);
        return help.Remove(arguments, options - arguments)
            .Replace($"[<{DesignWord.Name}>] ", "", StringComparison.Ordinal);
    }
}

/// <summary>Prints the version.</summary>
internal sealed class ShowVersion(Terminal terminal) : SynchronousCommandLineAction
{
    public override bool ClearsParseErrors => true;

    public override int Invoke(ParseResult parseResult)
    {
        terminal.Line(ResultJson.Version);
        return ExitCodes.Held;
    }
}

/// <summary>The examples of each command's help.</summary>
internal static class Examples
{
    static readonly System.Runtime.CompilerServices.ConditionalWeakTable<Command, string[]> Known = [];

    public static void Of(Command command, params string[] examples) => Known.AddOrUpdate(command, examples);

    public static IReadOnlyList<string> Of(Command command) =>
        Known.TryGetValue(command, out var examples) ? examples : [];
}
