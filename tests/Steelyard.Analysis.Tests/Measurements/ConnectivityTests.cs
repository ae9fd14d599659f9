using Steelyard.Analysis.Measurements;
using Steelyard.Histories;

namespace Steelyard.Analysis.Tests.Measurements;

public sealed class ConnectivityTests
{
    static readonly string[] Five = ["n1", "n2", "n3", "n4", "n5"];

    readonly HistoryBuilder _builder = new();
    int _faults;

    [Fact]
    public void A_partition_makes_two_sides_from_its_start_to_its_end()
    {
        var cut = Begin(100, LinksCut.Between([["n1", "n2", "n3"], ["n4", "n5"]]));
        End(200, cut);
        var window = Assert.Single(Found().Windows);
        Assert.Equal((100L, 200L), (window.StartNs, window.EndNs));
        Assert.Equal("majority: n1 n2 n3; minority: n4 n5", Told(window));
    }

    [Fact]
    public void A_time_belongs_to_a_window_from_its_start_until_before_its_end()
    {
        var cut = Begin(100, LinksCut.Between([["n1", "n2", "n3"], ["n4", "n5"]]));
        End(200, cut);
        var found = Found();
        Assert.Null(found.At(99));
        Assert.NotNull(found.At(100));
        Assert.NotNull(found.At(199));
        Assert.Null(found.At(200));
    }

    [Fact]
    public void Two_cuts_at_once_make_the_parts_that_both_leave()
    {
        var first = Begin(100, LinksCut.Between([["n1", "n2", "n3"], ["n4", "n5"]]));
        var second = Begin(150, LinksCut.Between([["n1", "n2", "n3", "n4"], ["n5"]]));
        End(200, first);
        End(250, second);
        Assert.Equal(
            [
                "100-150 majority: n1 n2 n3; minority: n4 n5",
                "150-200 majority: n1 n2 n3; minority: n4; minority: n5",
                "200-250 majority: n1 n2 n3 n4; minority: n5",
            ],
            Found().Windows.Select(window => $"{window.StartNs}-{window.EndNs} {Told(window)}"));
    }

    [Fact]
    public void Cuts_that_leave_no_majority_name_sides_by_their_nodes()
    {
        Begin(100, LinksCut.Between([["n1", "n2"], ["n3", "n4", "n5"]]));
        Begin(100, LinksCut.Between([["n3", "n1"], ["n2", "n4", "n5"]]));
        Assert.Equal("n4 n5: n4 n5; n1: n1; n2: n2; n3: n3", Told(Found().Windows[^1]));
    }

    [Fact]
    public void Who_is_reached_one_way_only_is_not_connected()
    {
        Begin(100, [new(["n1"], ["n2", "n3", "n4", "n5"])]);
        Assert.Equal("majority: n2 n3 n4 n5; minority: n1", Told(Assert.Single(Found().Windows)));
    }

    [Fact]
    public void Two_one_way_cuts_against_each_other_are_one_partition()
    {
        Begin(100, [new(["n1", "n2"], ["n3", "n4", "n5"])]);
        Begin(100, [new(["n3", "n4", "n5"], ["n1", "n2"])]);
        Assert.Equal("majority: n3 n4 n5; minority: n1 n2", Told(Assert.Single(Found().Windows)));
    }

    [Fact]
    public void A_bridge_connects_what_it_sees()
    {
        Begin(100, LinksCut.Between([["n1", "n2"], ["n4", "n5"]]));
        Assert.Empty(Found().Windows);
    }

    [Fact]
    public void A_bridge_that_is_cut_from_one_side_later_is_none()
    {
        Begin(100, LinksCut.Between([["n1", "n2"], ["n4", "n5"]]));
        Begin(150, [new(["n3"], ["n5", "n4"])]);
        var window = Assert.Single(Found().Windows);
        Assert.Equal(150, window.StartNs);
        Assert.Equal("majority: n1 n2 n3; minority: n4 n5", Told(window));
    }

    [Fact]
    public void A_ring_in_which_neighbours_hear_each_other_is_one_part()
    {
        foreach (var (from, to) in new[] { (0, 2), (0, 3), (1, 3), (1, 4), (2, 4) })
        {
            Begin(100, [new([Five[from]], [Five[to]])]);
            Begin(100, [new([Five[to]], [Five[from]])]);
        }

        Assert.Empty(Found().Windows);
    }

    [Fact]
    public void A_ring_of_one_way_cuts_leaves_nobody_who_can_talk_with_another()
    {
        Begin(100, [new(["n1"], ["n2"]), new(["n2"], ["n3"]), new(["n3"], ["n1"])], uncut: []);
        Assert.Equal("n1: n1; n2: n2; n3: n3", Told(Assert.Single(Found().Windows)));
    }

    [Fact]
    public void One_cut_link_among_many_parts_nobody()
    {
        Begin(100, [new(["n1"], ["n2"])]);
        Assert.Empty(Found().Windows);
    }

    [Fact]
    public void All_cut_from_all_stand_alone_and_one_that_is_not_connects_them()
    {
        Begin(100, [new(Five, Five)]);
        Assert.Equal(5, Assert.Single(Found().Windows).Sides.Count);
        var others = new ConnectivityTests();
        others.Begin(100, [new(Five, Five)], ["n6"]);
        Assert.Empty(others.Found().Windows);
    }

    [Fact]
    public void A_cut_that_changes_no_side_leaves_one_window()
    {
        Begin(100, LinksCut.Between([["n1", "n2", "n3"], ["n4", "n5"]]));
        var within = Begin(120, [new(["n1"], ["n4"])]);
        End(150, within);
        var window = Assert.Single(Found().Windows);
        Assert.Equal((100L, long.MaxValue), (window.StartNs, window.EndNs));
    }

    [Fact]
    public void Parts_are_those_of_a_search_along_whole_links_for_random_cuts()
    {
        var random = new Random(7);
        for (var round = 0; round < 2000; round++)
        {
            var nodes = Enumerable.Range(1, random.Next(1, 8)).Select(n => $"n{n}").ToArray();
            var cuts = Enumerable.Range(0, random.Next(1, 5))
                .Select(_ => new LinksCut(Some(random, nodes), Some(random, nodes))).ToList();
            var expected = Searched(nodes, cuts);
            var found = ConnectedParts.Of(nodes, [Event(0, FaultPhase.Start, 0, cuts, [])]);
            Assert.Equal(
                expected.Order(StringComparer.Ordinal),
                found.Select(part => string.Join(' ', part)).Order(StringComparer.Ordinal));
        }
    }

    static string[] Some(Random random, string[] nodes) => [.. nodes.Where(_ => random.Next(2) == 0)];

    static IEnumerable<string> Searched(string[] nodes, List<LinksCut> cuts)
    {
        var seen = new HashSet<string>();
        foreach (var start in nodes.Where(seen.Add))
        {
            var part = new SortedSet<string>(StringComparer.Ordinal) { start };
            var next = new Queue<string>([start]);
            while (next.TryDequeue(out var at))
                foreach (var other in nodes.Where(other => !IsCut(at, other) && !IsCut(other, at)))
                    if (part.Add(other))
                    {
                        seen.Add(other);
                        next.Enqueue(other);
                    }

            yield return string.Join(' ', part);
        }

        bool IsCut(string from, string to) =>
            cuts.Exists(cut => cut.From.Contains(from) && cut.To.Contains(to));
    }

    int Begin(long timeNs, IReadOnlyList<LinksCut> cuts, IReadOnlyList<string>? uncut = null)
    {
        _builder.Add(Event(timeNs, FaultPhase.Start, _faults, cuts, uncut ?? [
            .. Five.Where(node => !cuts.Any(cut => cut.From.Contains(node) || cut.To.Contains(node)))]));
        return _faults++;
    }

    void End(long timeNs, int fault) => _builder.Add(Event(timeNs, FaultPhase.End, fault, [], []));

    static FaultEvent Event(
        long timeNs, FaultPhase phase, int fault, IReadOnlyList<LinksCut> cuts,
        IReadOnlyList<string> uncut) =>
        new()
        {
            TimeNs = timeNs,
            Phase = phase,
            Kind = "cut",
            Fault = fault,
            Description = "",
            Cuts = cuts,
            Uncut = uncut,
        };

    Connectivity Found() => Connectivity.Of(_builder.Build());

    static string Told(ConnectivityWindow window) => string.Join(
        "; ", window.Sides.Select(side => $"{side.Name}: {string.Join(' ', side.Nodes)}"));
}
