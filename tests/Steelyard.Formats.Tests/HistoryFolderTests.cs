using Steelyard.Histories;

namespace Steelyard.Formats.Tests;

public sealed class HistoryFolderTests : IDisposable
{
    const string Edn = "{:process 0, :type :invoke, :f :read}\n";
    const string Text = "0\t:invoke\t:read\tnil\n1\t:invoke\t:read\tnil\n";

    readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("steelyard-folders-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void The_folder_of_a_run_is_its_history()
    {
        Write("jepsen.log", "2019-01-01 12:00:00,101{GMT}\tINFO\t[main] jepsen.cli: Test options:\n");
        Write("history.txt", Text);
        Assert.Equal(2, HistoryFile.Read(_folder.FullName).Count);

        Write("history.edn", Edn);
        var link = Path.Combine(_folder.FullName, "latest");
        Directory.CreateSymbolicLink(link, _folder.FullName);
        Assert.Equal(1, HistoryFile.Read(link).Count);
        Assert.Equal(Path.Combine(link, "history.edn"), HistoryFolder.HistoryIn(link));
    }

    [Fact]
    public void A_folder_of_no_run_is_none_and_an_archive_alone_is_read_where_it_can_be()
    {
        Write("history.edn", Edn);
        Assert.Null(HistoryFolder.HistoryIn(_folder.FullName));
        File.Delete(Path.Combine(_folder.FullName, "history.edn"));
        Write("test.jepsen", "JEPSEN");

        var mistake = Assert.Throws<UserMistakeException>(() => HistoryFile.Read(_folder.FullName)).Message;

        Assert.Contains("test.jepsen: expected an index", mistake, StringComparison.Ordinal);
    }

    [Fact]
    public void A_page_about_a_run_leads_to_its_history()
    {
        var page = Write(
            "timeline.html",
            "<html><body><div class=\"ops\"><a href=\"#i0\"><div class=\"op ok\" id=\"i0\" style=\"top:0\""
            + " title=\"\">"
                + "0 read</div></a></div></body></html>");
        Write("history.txt", Text);

        Assert.EndsWith(
            $"expected {_folder.FullName}/history.txt beside it",
            Assert.Throws<UserMistakeException>(() => HistoryFile.Read(page)).Message,
            StringComparison.Ordinal);
    }

    string Write(string name, string text)
    {
        var path = Path.Combine(_folder.FullName, name);
        File.WriteAllText(path, text);
        return path;
    }
}
