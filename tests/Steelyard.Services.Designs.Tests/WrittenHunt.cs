using System.Globalization;
using System.Text.RegularExpressions;
using Steelyard.Hunts;
using Steelyard.Runs;
using Steelyard.Worlds.Contracts;

namespace Steelyard.Services.Designs.Tests;

/// <summary>A row of <c>docs/hunts.md</c>: a wrong variant of a service, and what finds it.</summary>
/// <param name="Service">Which service.</param>
/// <param name="Variant">Which variant of it.</param>
/// <param name="Seed">The first seed that breaks a promise.</param>
/// <param name="Checker">Which promise.</param>
/// <param name="Command">The command that finds it.</param>
internal sealed partial record WrittenHunt(
    string Service, string Variant, ulong Seed, string Checker, string Command)
{
    /// <summary>All rows.</summary>
    public static IReadOnlyList<WrittenHunt> All { get; } =
    [
        .. Row().Matches(File.ReadAllText(Path.Combine(Root, "docs", "hunts.md"))).Select(row =>
            new WrittenHunt(
                row.Groups["service"].Value, row.Groups["variant"].Value,
                ulong.Parse(row.Groups["seed"].Value, CultureInfo.InvariantCulture),
                row.Groups["checker"].Value, row.Groups["command"].Value)),
    ];

    /// <summary>What its command hunts in.</summary>
    public ServiceHunt Hunt => new(Service, Option("--variant")!)
    {
        Faults = FaultChoice.Named(Option("--faults") ?? FaultChoice.Story.Name),
        Common = new()
        {
            Duration = Option("--duration") is { } duration ? Durations.Parse(duration) : null,
        },
    };

    /// <summary>Which seeds its command tries.</summary>
    public SeedRange Seeds => SeedRange.Parse(Option("--seeds")!);

    static string Root
    {
        get
        {
            var folder = AppContext.BaseDirectory;
            while (!File.Exists(Path.Combine(folder, "Steelyard.slnx")))
                folder = Path.GetDirectoryName(folder)!;
            return folder;
        }
    }

    string? Option(string name)
    {
        var words = Command.Split(' ');
        var place = Array.IndexOf(words, name);
        return place < 0 ? null : words[place + 1];
    }

    [GeneratedRegex(
        @"^\| (?<service>[\w-]+), (?<variant>[\w-]+) \| (?<seed>\d+) \| (?<checker>[a-z-]+) \|"
        + @" `\./steelyard (?<command>hunt [^`]+)` \|\r?$",
        RegexOptions.Multiline | RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex Row();
}
