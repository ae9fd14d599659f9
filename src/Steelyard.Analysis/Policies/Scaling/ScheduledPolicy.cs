using Steelyard.Histories;

namespace Steelyard.Analysis.Policies.Scaling;

/// <summary>Counts by the time of the day and the day of the week, as a table of cron has them.</summary>
internal sealed class ScheduledPolicy : IScalingPolicy
{
    const string Needed = "…";

    static readonly string[] Days = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
    static readonly TimeSpan Day = TimeSpan.FromDays(1);
    static readonly TimeSpan Week = TimeSpan.FromDays(7);

    // From the beginning of a week, in order.
    readonly List<(TimeSpan At, int Replicas)> _table;
    readonly ScalingSettings _settings;
    readonly IScalingPolicy? _beside;

    ScheduledPolicy(ScalingSettings settings, ScalingArguments given)
    {
        _settings = settings;
        _table = [.. given.Text("at").Split('+').SelectMany(word => Entry(given.Place("at"), word))
            .OrderBy(entry => entry.At)];
        _beside = LargerOf.Beside(given, settings);
    }

    public static ScalingPolicyKind Kind { get; } = new(
        "scheduled", "Counts by the clock; runs begin on a Monday at midnight",
        "as scheduled actions of Amazon, profiles of Azure and KEDA's cron scaler have them",
        [
            new("at", "counts and times from midnight, as 4@0h+20@7h or 20@mon-fri.7h", Needed),
            new("with", "another policy beside it; the larger count is taken", "-"),
        ])
    {
        MustBeTold = true,
        Make = static (settings, given) => new ScheduledPolicy(settings, given),
    };

    public TimeSpan Period => _beside?.Period ?? TimeSpan.FromSeconds(15);

    public ScalingDecision Decide(in ScalingObservation observation)
    {
        var now = new TimeSpan(observation.Now.Ticks % Week.Ticks);
        // Before the first entry of a week its last one still holds.
        var at = _table.FindLastIndex(entry => entry.At <= now);
        var scheduled = _settings.Within(_table[at < 0 ? ^1 : at].Replicas);
        return LargerOf.Decide(new(scheduled, "Scheduled"), _beside, observation);
    }

    static IEnumerable<(TimeSpan At, int Replicas)> Entry(string place, string word)
    {
        var cut = word.IndexOf('@');
        if (cut <= 0)
            throw new UserMistakeException($"{place}: expected counts and times such as 4@0h+20@mon-fri.7h,"
                + $" found {(word == Needed ? "nothing" : $"\"{word}\"")}");
        var (count, when) = (ScalingWords.Whole(place, word[..cut], 0), word[(cut + 1)..]);
        var (first, last) = (0, Days.Length - 1);
        if (when.Length > 0 && char.IsAsciiLetter(when[0]))
        {
            var dot = when.IndexOf('.');
            var days = (dot < 0 ? when : when[..dot]).Split('-');
            (first, last) = (DayOf(place, days[0]), DayOf(place, days[^1]));
            when = dot < 0 ? "0h" : when[(dot + 1)..];
        }

        var time = ScalingWords.Time(place, when);
        if (time >= Day || last < first)
            throw ScalingWords.Wrong(place, "a time below 24h, and days from first to last", word);
        return Enumerable.Range(first, last - first + 1).Select(day => ((Day * day) + time, count));
    }

    static int DayOf(string place, string word) => Days.IndexOf(ScalingWords.OneOf(place, word, Days));
}
