using System.Globalization;

namespace Steelyard.Designs.Architecture.Measuring;

/// <summary>
/// What is full first when the load grows, and what would be next (the utilisation law: what each request
/// takes of a resource stays the same, so use grows with the load). Where several are full at once, what is
/// full for itself is told apart from what only waits for it (<see cref="WhoWaits"/>).
/// </summary>
internal sealed class Bottleneck
{
    // Below this the load may well double.
    const double Near = 0.5;

    // What is used less is never next in earnest.
    const double Idle = 0.01;

    // What is full only so much later is no worry of this load.
    const double Far = 1000;

    readonly SteadyState _steady;
    readonly IReadOnlyList<FullGroup> _full;

    Bottleneck(IReadOnlyList<Resource> resources, WhoWaits waits, SteadyState steady)
    {
        _steady = steady;
        var ranked = resources.OrderByDescending(one => one.Utilisation).ToList();
        _full = new FullResources([.. ranked.Where(one => one.IsFull)], waits).Groups;
        First = _full.Count > 0 ? _full[0].Full : ranked.FirstOrDefault();
        Next = ranked.FirstOrDefault(one => one != First && one is { IsFull: false, Utilisation: >= Idle });
    }

    /// <summary>What is full first; null where nothing has a limit, or nothing was asked for.</summary>
    public Resource? First { get; }

    /// <summary>Whether less than twice the load would fill it.</summary>
    public bool IsNear => First is { Utilisation: >= Near };

    /// <summary>What would be next; null where there is nothing else that is not full yet.</summary>
    public Resource? Next { get; }

    /// <summary>What is full as well, since it waits for the first.</summary>
    public IReadOnlyList<string> HeldUp => _full.Count == 0 ? [] : [.. NamesOf(_full[0].HeldUp)];

    /// <summary>What is full at the same time for itself: it does not wait for the first.</summary>
    public IReadOnlyList<string> FullBesides => [.. NamesOf(_full.Skip(1).Select(group => group.Full))];

    /// <summary>The bottleneck of a run.</summary>
    public static Bottleneck Of(ArchitectureAccount account) =>
        new(Resources.Of(account), new(account.Graph), account.SteadyState);

    /// <summary>What was found, in sentences without a stop.</summary>
    public IEnumerable<string> Sentences => [.. Headline, .. Rest];

    /// <summary>Of these, what comes first.</summary>
    public IEnumerable<string> Headline
    {
        get
        {
            if (_steady.Growing is { } growing)
                yield return string.Create(
                    CultureInfo.InvariantCulture,
                    $"More comes than is done: before {growing.Part.Name}"
                    + $" {growing.Growth.PerSecond.Estimate:#,0.#} requests more")
                    + " wait each second, without end";
            if (First is not { } first)
            {
                yield return "No part has a limit that could be reached: workers, a pool, a lock or a disk";
                yield break;
            }

            if (!IsNear)
                yield return "Nothing is near its limit";
            yield return OfFirst(first);
        }
    }

    IEnumerable<string> Rest
    {
        get
        {
            if (First is not { } first)
                yield break;
            foreach (var (full, heldUp) in _full)
            {
                if (full != first)
                    yield return $"{Begun(full)} is full too, for itself: {full.Use}";
                if (heldUp.Count > 0)
                    yield return $"{List([.. NamesOf(heldUp)])} {(heldUp.Count == 1 ? "is" : "are")} full"
                        + " too, for want of it";
            }

            if (Next is { } next)
                yield return OfNext(next, first);
            if (_steady.IsDisturbed)
                yield return "The load changes or something breaks, so each is judged by its busiest stretch"
                    + " (rows by the whole load)";
        }
    }

    static IEnumerable<string> NamesOf(IEnumerable<Resource> resources) =>
        resources.Select(one => one.Name);

    static string List(IReadOnlyList<string> names) => names.Count < 2
        ? string.Concat(names)
        : $"{string.Join(", ", names.SkipLast(1))} and {names[^1]}";

    static string OfFirst(Resource first) => first switch
    {
        { IsFull: true } => $"{Begun(first)} is the bottleneck: {first.Use}; it is full",
        { Utilisation: >= Near } =>
            $"{Begun(first)} is the bottleneck: {first.Use}; at {Times(first)} this load it is full",
        _ => $"{Begun(first)} would be full first, at {Times(first)} this load: {first.Use}",
    };

    // Names of parts are written as they are.
    static string Begun(Resource first) =>
        first.Name == first.Part ? first.Name : char.ToUpperInvariant(first.Name[0]) + first.Name[1..];

    // Behind what is full less arrives than is asked for.
    static string OfNext(Resource next, Resource first) =>
        $"Next would be {next.Name}, full at {Times(next)} "
        + $"{(first.IsFull ? "what is done now" : "this load")}: {next.Use}";

    static string Times(Resource resource) => resource.FullAt > Far
        ? "more than 1,000 times"
        : string.Create(CultureInfo.InvariantCulture, $"{resource.FullAt:#,0.##} times");
}
