using Steelyard.Designs.Architecture.Running;
using Steelyard.Designs.Architecture.Settings;
using Steelyard.Histories;
using Steelyard.Worlds.Contracts;

namespace Steelyard.Designs.Architecture.Parts;

/// <summary>
/// Those who ask: an open population, whose requests are due whether or not the others are answered, or a
/// closed one of users who wait for an answer, think, and ask again.
/// </summary>
internal sealed record ClientsPart(string Name) : Part(Name)
{
    static readonly IReadOnlyList<Setting<Part>> s_settings = For([
        .. Common<ClientsPart>(),
        SettingsOf<ClientsPart>.Rate("rate", "requests due a second (an open population)",
            p => p.Rate, (p, v) => p with { Rate = v }),
        SettingsOf<ClientsPart>.Flag("even", "a session's requests come at even times, as frames of a camera",
            p => p.IsEven, (p, v) => p with { IsEven = v }),
        SettingsOf<ClientsPart>.Limit("users", "users who wait for their answers (a closed population)",
            p => p.Users, (p, v) => p with { Users = v }),
        SettingsOf<ClientsPart>.Takes("think", "how long a user thinks before asking again",
            p => p.Think, (p, v) => p with { Think = v }),
        SettingsOf<ClientsPart>.Word("shape", "how the rate changes over time", RateShape.Words,
            p => p.Shape.Word, (p, v) => p with { Shape = p.Shape with { Word = v } }),
        SettingsOf<ClientsPart>.Number("shape-by", "how many times the rate at its most",
            p => p.Shape.By, (p, v) => p with { Shape = p.Shape with { By = v } }),
        SettingsOf<ClientsPart>.Time("shape-at", "when a spike begins",
            p => p.Shape.At, (p, v) => p with { Shape = p.Shape with { At = v } }),
        SettingsOf<ClientsPart>.Time(
            "shape-for", "how long a spike lasts, or a day, or a burst with its lull",
            p => p.Shape.For, (p, v) => p with { Shape = p.Shape with { For = v } }),
        SettingsOf<ClientsPart>.Count("keys", "things that are asked for", p => p.Keys, (p, v) =>
            p with { Keys = v }),
        SettingsOf<ClientsPart>.Number("skew", "how uneven they are asked for (Zipf's exponent; 0 is evenly)",
            p => p.Skew, (p, v) => p with { Skew = v }),
        SettingsOf<ClientsPart>.Share("reads", "how many requests have no effect",
            p => p.Reads, (p, v) => p with { Reads = v }),
        SettingsOf<ClientsPart>.Limit("sessions", "whose requests they are, each about keys of its own",
            p => p.Sessions, (p, v) => p with { Sessions = v }),
        SettingsOf<ClientsPart>.Count("token", "bytes of state that a session carries with each request",
            p => p.TokenBytes, (p, v) => p with { TokenBytes = v }, least: 0),
    ]);

    /// <inheritdoc/>
    public override string Kind => "clients";

    /// <summary>Requests due a second; null is a closed population.</summary>
    public double? Rate { get; init; }

    /// <summary>True when the requests of each session come at even times (frames of a camera), which begin
    /// at a time of its own; else all of them come at random (Poisson).</summary>
    public bool IsEven { get; init; }

    /// <summary>Users who wait; null is an open population.</summary>
    public int? Users { get; init; }

    /// <summary>How long a user thinks.</summary>
    public TakesTime Think { get; init; } = TakesTime.Nothing;

    /// <summary>How the rate changes.</summary>
    public RateShape Shape { get; init; } = RateShape.Constant;

    /// <summary>A push of the rate; null is none.</summary>
    internal Push? Pushed { get; init; }

    /// <summary>How many things are asked for.</summary>
    public int Keys { get; init; } = 1;

    /// <summary>Zipf's exponent; 0 is evenly.</summary>
    public double Skew { get; init; }

    /// <summary>The share of requests without effect.</summary>
    public double Reads { get; init; } = 1;

    /// <summary>How many sessions there are, which ask for what is theirs; null is none.</summary>
    public int? Sessions { get; init; }

    /// <summary>Bytes of state that a session carries with each request; 0 carries none.</summary>
    public int TokenBytes { get; init; }

    /// <summary>Who they are, in words: <c>1,000/s</c>, <c>50 users</c>.</summary>
    internal string Population => Rate is { } rate
        ? FormattableString.Invariant($"{rate:#,0.##}/s{Shape.InWords}")
        : FormattableString.Invariant($"{Users:N0} user{(Users == 1 ? "" : "s")}");

    internal override string Extent => Population;

    internal override bool IsSource => true;

    internal override int AsksFor => Keys;

    internal override double MostPerSecond(TimeSpan duration) => Rate is { } rate
        ? rate * Shape.Most * Math.Max(1, Pushed?.Size ?? 1)
        : Math.Max(1, Users!.Value / Math.Max(0.001, Think.Mean.TotalSeconds));

    internal override IReadOnlyList<Setting<Part>> Settings => s_settings;

    internal override INode Create(InstanceContext context) => new Clients(context, this);

    internal override void Check()
    {
        if ((Rate is null) == (Users is null))
            throw new UserMistakeException(
                $"expected \"rate\" (an open population) or \"users\" (a closed one), found "
                + (Rate is null ? "neither" : "both"));
        if (IsEven && Rate is null)
            throw new UserMistakeException("even: expected \"rate\" (an open population), found \"users\"");
        if (Calls.Count != 1)
            throw new UserMistakeException($"expected one part that it calls, found {Calls.Count}");
        if (Instances != 1)
            throw new UserMistakeException($"expected 1 instance of clients, found {Instances}");
        Shape.Check();
    }
}
