using System.CommandLine;
using Steelyard.App.Commands;
using Steelyard.App.Terminals;
using Steelyard.Histories;
using Steelyard.Live;
using Steelyard.Live.Clocks;
using Steelyard.Live.Disks;
using Steelyard.Live.Engines;
using Steelyard.Live.Installing;
using Steelyard.Live.Networks;

namespace Steelyard.App.Live;

/// <summary><c>steelyard doctor --install</c>: which engines are here, and bringing those that are
/// not.</summary>
internal sealed class EngineDoctor(Terminal terminal)
{
    readonly Option<bool> _install = new("--install")
    {
        Description = "Install the engines that live runs need and this machine lacks (apt; asks first)",
    };
    readonly Option<string?> _only = CommonOptionSet.Text(
        "--engines", "names", "With --install: engines with commas between them; all when not given");
    readonly Option<bool> _yes = new("--yes") { Description = "With --install: do not ask" };

    public void AddTo(Command command)
    {
        foreach (var option in new Option[] { _install, _only, _yes })
            command.Add(option);
    }

    public bool IsAsked(ParseResult parsed) => parsed.GetValue(_install);

    /// <summary>Each engine in a line, and how nodes are told apart on this machine.</summary>
    public static IEnumerable<(string Name, string Title, string? Found, string For)> Lines()
    {
        foreach (var engine in All())
            yield return (
                engine.Name, engine.Name, engine.Programs.All(program => program.Path is not null)
                    ? "here" : null,
                engine.Programs.FirstOrDefault(program => program.Path is null) is { } missing
                    ? $"live runs; wants {missing.Name} (package {missing.Package})"
                    : "live runs");
        yield return Line("namespaces", "Namespaces", NamespaceNetwork.WhyNot(),
            "cut links between the nodes of an engine");
        yield return Line("disks", "Disks", NodeDisk.WhyNot() ?? NodeTracer.WhyNot(),
            "full and slow disks and cut power of an engine");
        yield return Line("clocks", "Clocks", NodeClock.WhyNot(), "clocks of an engine that are set");
    }

    static (string Name, string Title, string? Found, string For) Line(
        string name, string title, string? whyNot, string what) =>
        (name, title, whyNot is null ? "here" : null, whyNot is null ? what : $"{what}; {whyNot}");

    /// <summary>Installs what is missing.</summary>
    public int Install(ParseResult parsed)
    {
        var missing = EnginePackages.MissingFor(Chosen(parsed));
        if (missing.Count == 0)
        {
            terminal.Line("All that is wanted is here.");
            return ExitCodes.Held;
        }

        terminal.Line($"Missing: {string.Join(", ", missing)}");
        if (EnginePackages.WhyNot() is { } why)
            throw new LiveException($"doctor --install: {why}; install by hand: {string.Join(' ', missing)}");
        if (!parsed.GetValue(_yes) && !IsAgreed())
            return ExitCodes.Interrupted;
        EnginePackages.Install(missing);
        terminal.Line("Installed; none of their services was started.");
        return ExitCodes.Held;
    }

    bool IsAgreed()
    {
        terminal.Output.Write("Install them with apt-get? [y/N] ");
        terminal.Output.Flush();
        return Console.In.ReadLine()?.Trim() is "y" or "Y" or "yes";
    }

    IReadOnlyList<Engine> Chosen(ParseResult parsed) => EngineChoice.Named(
        All(), parsed.GetValue(_only)?.Split(','), _only.Name, "engines");

    static IReadOnlyList<Engine> All() => EngineChoice.Of(EveryDesign.Engines);
}
