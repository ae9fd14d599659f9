using System.Globalization;
using Steelyard.Histories;
using Steelyard.Worlds.Contracts;

namespace Steelyard.Live.Engines.Redis;

/// <summary>What was chosen for a Redis besides its set-up.</summary>
internal sealed record RedisChoices
{
    const string WaitOption = "wait";
    const string FsyncOption = "fsync";
    const string ReadsOption = "reads";
    const string StallOption = "stall";
    const string ClientOption = "client";

    /// <summary>The options, as on the command line.</summary>
    public static IReadOnlyList<DesignOption> Options { get; } =
    [
        DesignOption.Choice(
            WaitOption, "How many replicas each write waits for (WAIT); fewer leave it in doubt",
            "0", "1", "2"),
        DesignOption.Choice(
            FsyncOption, "When the log is synced (appendfsync); none keeps no log",
            "always", "everysec", "no", "none"),
        DesignOption.Choice(
            ReadsOption, "Who is asked to read: the primary, the server beside the client, or any",
            "primary", "nearest", "any"),
        DesignOption.Choice(
            StallOption, "Whether holders of locks now and then stall for longer than the lock lasts",
            "off", "on"),
        DesignOption.Choice(
            ClientOption, "Who asks: StackExchange.Redis, or a small client that does nothing by itself",
            "library", "wire"),
    ];

    /// <summary>How many replicas each write waits for.</summary>
    public required int Wait { get; init; }

    /// <summary>When the log is synced, or <c>none</c>.</summary>
    public required string Fsync { get; init; }

    /// <summary>Who is asked to read.</summary>
    public required string Reads { get; init; }

    /// <summary>Whether holders of locks stall.</summary>
    public required bool Stalls { get; init; }

    /// <summary>Whether our own client asks.</summary>
    public required bool IsWire { get; init; }

    /// <summary>What a set-up was given; each at its default where nothing was.</summary>
    public static RedisChoices Of(EngineSetup setup)
    {
        string Chosen(string name) => setup.Chosen.TryGetValue(name, out var value)
            ? value : Options.First(option => option.Name == name).Default;
        return new()
        {
            Wait = int.Parse(Chosen(WaitOption), CultureInfo.InvariantCulture),
            Fsync = Chosen(FsyncOption),
            Reads = Chosen(ReadsOption),
            Stalls = Chosen(StallOption) == "on",
            IsWire = Chosen(ClientOption) == "wire",
        };
    }

    /// <summary>Says in one line what cannot be of a set-up.</summary>
    /// <exception cref="UserMistakeException">A choice is none that it can have.</exception>
    public void MustFit(EngineSetup setup)
    {
        var replicas = setup.Name switch { "single" => 0, "cluster" => 1, _ => setup.Nodes - 1 };
        if (Wait > replicas)
            throw new UserMistakeException(
                $"--{WaitOption}: expected at most {replicas}, as many replicas as a primary of"
                + $" --config {setup.Name} has, found {Wait}");
        if (Reads != "primary" && (setup.Name is "single" or "cluster"))
            throw new UserMistakeException(
                $"--{ReadsOption}: expected primary with --config {setup.Name}, found {Reads}");
    }
}
