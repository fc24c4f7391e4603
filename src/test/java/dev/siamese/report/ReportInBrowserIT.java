package dev.siamese.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.siamese.Forked;
import dev.siamese.Outcome;
import dev.siamese.Programs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page in a real browser, without a screen. */
class ReportInBrowserIT {
  private static final String ATTACK = "<script>document.title = 'broken'</script>";

  @TempDir private Path folder;

  @Test
  void theSliderMovesCountsAndMarks() throws Exception {
    JsonObject found =
        ask(
            """
            const at = (id, name) => document.getElementById(id).getAttribute(name);
            const text = (id) => document.getElementById(id).textContent;
            const slider = document.getElementById('threshold');
            const before = [at('mark-histogram', 'x1'), at('mark-roc', 'cx'), text('accuracy')];
            slider.value = slider.max;
            slider.dispatchEvent(new Event('input'));
            answer = {
              before: before.join(' '),
              after: [at('mark-histogram', 'x1'), at('mark-roc', 'cx'), text('accuracy')].join(' '),
              rejected: text('false-negatives'), accepted: text('false-positives'),
              told: at('threshold', 'aria-valuetext'), title: document.title};
            """,
            1280);
    assertTrue(!found.get("before").equals(found.get("after")), found::toString);
    // At the largest distance of all, only pairs at that very distance count as different.
    assertEquals("0", found.get("rejected").getAsString());
    assertEquals("149", found.get("accepted").getAsString());
    assertTrue(found.get("told").getAsString().startsWith("threshold 1."), found::toString);
    assertEquals(ATTACK, found.get("title").getAsString(), "the name is the title, as text");
  }

  @Test
  void theMapIsWalkedByKeys() throws Exception {
    JsonObject found =
        ask(
            """
            const map = document.getElementById('map');
            const chosen = () =>
              [...map.querySelectorAll('circle')].findIndex((e) => e.matches('.is-chosen'));
            const places = [chosen()];
            for (const key of ['ArrowRight', 'ArrowRight', 'ArrowLeft']) {
              map.dispatchEvent(new KeyboardEvent('keydown', {key}));
              places.push(chosen());
            }
            answer = {places: places.join(' '), focus: map.tabIndex,
              name: document.getElementById('map-name').textContent};
            """,
            1280);
    assertEquals("0 1 2 1", found.get("places").getAsString());
    assertEquals(0, found.get("focus").getAsInt());
    assertEquals(ATTACK, found.get("name").getAsString());
  }

  @Test
  void fitsATelephone() throws Exception {
    JsonObject found =
        ask(
            """
            document.body.style.width = '360px';
            const end = document.body.getBoundingClientRect().right;
            const wide = [...document.querySelectorAll('main > *, section, figure')].filter(
              (e) => e.getBoundingClientRect().right > end + 0.5).map((e) => e.outerHTML.slice(0, 80));
            answer = {wide: wide.join()};
            """,
            500);
    assertEquals("", found.get("wide").getAsString());
  }

  /** Runs a script behind the page's own, and returns what it leaves in {@code answer}. */
  private JsonObject ask(String script, int width) throws Exception {
    String page = ReportPageTest.page(28, 1, ATTACK);
    String asking =
        "<script>let answer; (() => {"
            + script
            + "})(); document.documentElement.dataset.answer = JSON.stringify(answer);</script>";
    Path file = folder.resolve("report.html");
    Files.writeString(file, page.replace("</body>", asking + "</body>"));
    Outcome outcome = browse("--dump-dom", "--window-size=" + width + ",800", file.toUri());
    String before = "data-answer=\"";
    int from = outcome.output().indexOf(before);
    assertTrue(from >= 0, outcome::toString);
    String answer =
        outcome
            .output()
            .substring(
                from + before.length(), outcome.output().indexOf('"', from + before.length()));
    return JsonParser.parseString(
            answer
                .replace("&quot;", "\"")
                .replace("&lt;", "<")
                .replace("&gt;", ">")
                .replace("&amp;", "&"))
        .getAsJsonObject();
  }

  private Outcome browse(Object... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Programs.require("chromium").toString());
    command.addAll(
        List.of(
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-dev-shm-usage",
            "--user-data-dir=" + folder.resolve("profile")));
    for (Object argument : arguments) {
      command.add(argument.toString());
    }
    return Forked.run(new ProcessBuilder(command));
  }
}
