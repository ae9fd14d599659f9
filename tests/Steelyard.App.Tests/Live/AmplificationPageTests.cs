namespace Steelyard.App.Tests.Live;

public sealed class AmplificationPageTests
{
    [Fact]
    public void The_page_of_stores_has_their_figures_a_chart_and_the_command()
    {
        using var steelyard = new SteelyardProcess();

        var run = steelyard.Run(
            "amplification", "--store", "sqlite,log", "--records", "2000", "--reads", "100", "--repetitions",
            "1", "--page", "stores.html");

        Assert.Equal((0, ""), (run.Code, run.Error));
        var page = File.ReadAllText(Path.Combine(steelyard.Folder, "stores.html"));
        Assert.Contains("<th></th><th>sqlite</th><th>log</th>", page, StringComparison.Ordinal);
        // What the terminal says of a store stands in its column.
        var updates = run.Output.Split('\n').Single(line => line.TrimStart().StartsWith(
            "written, update", StringComparison.Ordinal)).Split(' ', StringSplitOptions.RemoveEmptyEntries);
        Assert.Contains(
            $"<th>written, update</th><td class=\"\">{updates[2]}</td><td class=\"\">{updates[3]}</td>", page,
            StringComparison.Ordinal);
        Assert.Equal(2, page.Split("<svg").Length - 1);
        Assert.Contains("<span class=\"k1\">log</span>", page, StringComparison.Ordinal);
        Assert.Contains(
            "steelyard amplification --store sqlite,log --records 2000 --value 100 --batch 100 --reads 100"
            + " --memory 1024 --repetitions 1</code>", page, StringComparison.Ordinal);
    }
}
