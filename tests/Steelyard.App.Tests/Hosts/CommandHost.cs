using System.Text.Json;
using Steelyard.App.Terminals;

namespace Steelyard.App.Tests.Hosts;

/// <summary>A command line to execute in a folder.</summary>
internal sealed record HostedCase(string Folder, bool WithServices, IReadOnlyList<string> Words);

/// <summary>
/// A process that executes the command lines of many cases, one after the other. A process of its own, since
/// services want a thread pool of one and paths want a current folder; one for many, since most of what a
/// short command costs is its start.
/// </summary>
internal static class CommandHost
{
    /// <summary>The word that makes these tests a host.</summary>
    public const string Word = "--host";

    /// <summary>Serves cases until nobody is there to ask.</summary>
    public static int Serve()
    {
        var answers = new StreamWriter(Console.OpenStandardOutput()) { AutoFlush = true };
        // What an application prints must not get between the answers.
        Console.SetOut(Console.Error);
        while (Console.In.ReadLine() is { } line)
            answers.WriteLine(JsonSerializer.Serialize(
                Execute(JsonSerializer.Deserialize<HostedCase>(line)!)));
        return 0;
    }

    static ProcessOutcome Execute(HostedCase one)
    {
        Directory.SetCurrentDirectory(one.Folder);
        using var output = new StringWriter();
        using var error = new StringWriter();
        var terminal = new Terminal(output, error, outputIsTerminal: false, errorIsTerminal: false);
        var designs = one.WithServices ? TestDesigns.All : EveryDesign.All;
        var code = CommandLine.Execute(one.Words, designs, terminal);
        return new(code, output.ToString(), error.ToString());
    }
}
