using Steelyard.App.Terminals;
using Steelyard.Checks;
using Steelyard.Formats;
using Steelyard.Live.Faults;
using Steelyard.Runs;
using Steelyard.Worlds.Contracts;
using Steelyard.Worlds.Faults;

namespace Steelyard.App.Commands;

/// <summary>One thing that <c>steelyard list</c> can show alone.</summary>
/// <param name="Name">The word after <c>list</c>.</param>
/// <param name="Write">Shows it.</param>
internal sealed record ListedTopic(string Name, Action<Terminal, IReadOnlyList<IDesign>> Write)
{
    /// <summary>All of them.</summary>
    public static IReadOnlyList<ListedTopic> All { get; } =
    [
        new("designs", Designs), new("faults", (terminal, _) => Faults(terminal)),
        new("models", (terminal, _) => Models(terminal)),
        new("consistency", (terminal, _) => Consistency(terminal)),
        new("formats", (terminal, _) => Formats(terminal)),
    ];

    static void Designs(Terminal terminal, IReadOnlyList<IDesign> designs)
    {
        terminal.Line("Designs");
        foreach (var design in designs)
        {
            terminal.Line($"  {design.Name,-10} {design.Summary}");
            foreach (var option in design.Options)
                terminal.Line($"             --{option.Name}{Values(option)}");
        }
    }

    static string Values(DesignOption option) => option.Shape switch
    {
        OptionShape.Choice => $" {string.Join(" | ", option.Choices)}",
        OptionShape.Count => $" <count, {option.Default}>",
        OptionShape.Duration => $" <time, {option.Default}>",
        _ => "",
    };

    static void Faults(Terminal terminal)
    {
        terminal.Line("Faults of run and hunt, after --faults");
        terminal.Line($"  {string.Join(", ", FaultChoice.Names)}, or a faults.yaml");
        terminal.Line("Faults of a faults.yaml; without for: they last until everything is healed");
        Faults(terminal, FaultKinds.All);
        terminal.Line("Faults of real engines besides: hunt live and live");
        Faults(terminal, LiveFaultRules.Own);
    }

    static void Faults(Terminal terminal, IReadOnlyList<FaultKind> kinds)
    {
        foreach (var kind in kinds)
        {
            terminal.Line($"  {kind.Name,-11} {kind.Summary} (--faults {kind.Word})");
            foreach (var field in kind.Fields)
                terminal.Line($"              {field.Key}: {field.Shape}: {field.Meaning}{Otherwise(field)}");
            terminal.Line($"              - {{fault: {kind.Name}, at: 5s{Length(kind)}, {kind.Example}}}");
        }
    }

    static string Length(FaultKind kind) => kind.Blank.HasExtent ? ", for: 2s" : "";

    static string Otherwise(FaultField field) => field.Default is { } value ? $" [default: {value}]" : "";

    static void Models(Terminal terminal)
    {
        terminal.Line("Models of check, after --model; docs/models.md has an example of each");
        foreach (var group in HistoryModels.Groups)
        {
            terminal.Line($"  {group.Name}");
            foreach (var model in group.Models)
                terminal.Line($"    {model.Name,-23} {model.Summary}");
        }
    }

    // Models of equal words are told together: the objects, the transactions.
    static void Consistency(Terminal terminal)
    {
        terminal.Line("Consistency models of check, after --consistency, weak ones first");
        foreach (var same in HistoryModels.All.Where(model => model.Consistencies.Count > 0)
                     .GroupBy(model => string.Join(", ", model.Consistencies)))
        {
            terminal.Line($"  {string.Join(", ", same.Select(model => model.Name))}");
            foreach (var line in Lines(same.First().Consistencies))
                terminal.Line($"    {line}");
        }
    }

    static IEnumerable<string> Lines(IReadOnlyList<string> words)
    {
        const int width = 100;
        var line = "";
        foreach (var word in words)
        {
            if (line.Length + word.Length > width)
            {
                yield return line;
                line = "";
            }

            line += line.Length == 0 ? word : $" {word}";
        }

        yield return line;
    }

    static void Formats(Terminal terminal)
    {
        terminal.Line("Formats of check, gzipped or not, detected without --format: docs/formats.md");
        foreach (var name in HistoryFormats.Names)
            terminal.Line($"  {name,-17} {HistoryFormats.Named(name).Sample}");
    }
}
