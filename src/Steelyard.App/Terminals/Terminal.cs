using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Spectre.Console;

namespace Steelyard.App.Terminals;

/// <summary>Where the words go: output for results, error output for complaints and progress.</summary>
internal sealed class Terminal
{
    const int PlainWidth = 110;

    readonly Lazy<IAnsiConsole> _console;
    OutputStream? _outputStream;
    OutputStream? _errorStream;

    public Terminal(TextWriter output, TextWriter error, bool outputIsTerminal, bool errorIsTerminal)
    {
        Output = output;
        ErrorOutput = error;
        ErrorIsTerminal = errorIsTerminal;
        Width = outputIsTerminal ? Math.Clamp(Columns(), 40, 140) : PlainWidth;
        var color = outputIsTerminal && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"));
        _console = new(() => Create(output, color, outputIsTerminal, Width));
    }

    public TextWriter Output { get; }

    public TextWriter ErrorOutput { get; }

    /// <summary>Whether progress may be drawn.</summary>
    public bool ErrorIsTerminal { get; }

    /// <summary>Columns to write in.</summary>
    public int Width { get; }

    /// <summary>Spectre's console over <see cref="Output"/>, for tables and colour.</summary>
    public IAnsiConsole Console => _console.Value;

    /// <summary>How the user called us: <c>./steelyard</c> in a clone, else <c>steelyard</c>.</summary>
    public string Command { get; } = Environment.GetEnvironmentVariable(
        "STEELYARD_COMMAND") is { Length: > 0 } command
        ? command
        : "steelyard";

    public static Terminal OfProcess()
    {
        var output = new OutputStream(System.Console.OpenStandardOutput);
        var error = new OutputStream(System.Console.OpenStandardError);
        var writer = new StreamWriter(output, bufferSize: 1 << 14) { AutoFlush = false };
        AppDomain.CurrentDomain.ProcessExit += (_, _) => writer.Flush();
        return new(
            System.Console.IsOutputRedirected ? writer : System.Console.Out,
            System.Console.IsErrorRedirected ? new StreamWriter(error) { AutoFlush = true }
                : System.Console.Error,
            !System.Console.IsOutputRedirected, !System.Console.IsErrorRedirected)
        {
            _outputStream = output,
            _errorStream = error,
        };
    }

    /// <summary>Why nobody can read the output any more; null as long as somebody can.</summary>
    public string? OutputFailure => _outputStream?.Failure;

    /// <summary>Why nobody can read the error output any more; null as long as somebody can.</summary>
    public string? ErrorFailure => _errorStream?.Failure;

    public void Line(string text) => Output.WriteLine(text);

    public void Error(string text)
    {
        Output.Flush();
        ErrorOutput.WriteLine(text);
        ErrorOutput.Flush();
    }

    /// <summary>Writes one JSON document.</summary>
    public void Json(Action<Utf8JsonWriter> write)
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(
                   bytes, new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
            write(json);
        Output.WriteLine(Encoding.UTF8.GetString(bytes.GetBuffer(), 0, (int)bytes.Length));
    }

    /// <summary>A command of ours with the name it was called by.</summary>
    public string Named(string command) => command.StartsWith("steelyard ", StringComparison.Ordinal)
        ? Command + command["steelyard".Length..]
        : command;

    static IAnsiConsole Create(TextWriter output, bool color, bool isTerminal, int width)
    {
        var console = AnsiConsole.Create(new()
        {
            Out = new AnsiConsoleOutput(output),
            Ansi = color ? AnsiSupport.Detect : AnsiSupport.No,
            ColorSystem = color ? ColorSystemSupport.Detect : ColorSystemSupport.NoColors,
            Interactive = isTerminal ? InteractionSupport.Detect : InteractionSupport.No,
        });
        console.Profile.Width = width;
        console.Profile.Capabilities.Unicode = true;
        return console;
    }

    static int Columns()
    {
        try
        {
            return System.Console.WindowWidth is > 0 and var width ? width : PlainWidth;
        }
        catch (IOException)
        {
            return PlainWidth;
        }
    }
}
