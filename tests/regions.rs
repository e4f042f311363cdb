//! Regions: what honest documents that look like junk are found to be, and what menus are not.
//!
//! The documents are written for this. Each is checked whole, as a person sees it: which of its lines nobody may touch. That
//! regions do not depend on what stands around them is held in `tests/region_stability.rs`.

use dechaff::document::Region::{Code, Dialogue, List, References, Table, Verse};
use dechaff::document::{Region, RegionLine, lines, regions};

/// Lines that begin so are given as junk, without the mark.
const JUNK: &str = "✗";

fn found(text: &str) -> Vec<(&str, Option<Region>)> {
    let lines: Vec<RegionLine<'_>> = lines(text)
        .map(|line| match line.text.strip_prefix(JUNK) {
            Some(text) => RegionLine { text, is_junk: true },
            None => RegionLine { text: line.text, is_junk: false },
        })
        .collect();
    lines.iter().map(|line| line.text).zip(regions(&lines)).collect()
}

/// All lines of the text are in a region of that kind.
fn check(text: &str, kind: Region) {
    for (line, region) in found(text) {
        assert_eq!(region, Some(kind), "{line:?} of\n{text}");
    }
}

/// No line of the text is in a region.
fn check_none(text: &str) {
    for (line, region) in found(text) {
        assert_eq!(region, None, "{line:?} of\n{text}");
    }
}

/// Each line with the region that stands before it, `C`, `T`, `V`, `R`, `D`, `L` or a full stop for none.
fn check_lines(marked: &[(char, &str)]) {
    let text: String = marked.iter().map(|(_, line)| format!("{line}\n")).collect();
    for ((line, region), (mark, _)) in found(&text).into_iter().zip(marked) {
        let kind = match mark {
            'C' => Some(Code),
            'T' => Some(Table),
            'V' => Some(Verse),
            'R' => Some(References),
            'D' => Some(Dialogue),
            'L' => Some(List),
            _ => None,
        };
        assert_eq!(region, kind, "{line:?} of\n{text}");
    }
}

#[test]
fn poems_and_lyrics_are_verse() {
    for poem in [
        "The lamp is low, the tide is out,\nthe boats lie on their sides,\nand nobody is left about\nbut gulls, and he who rides,\n\n\
         and he who rides along the shore\nwith letters in his hand,\nto knock at each and every door,\nand none to understand.",
        "Der Abend legt sich auf das Dach,\ndie Krähen ziehen fort,\nder Müller ist noch lange wach,\ner spricht kein einzig Wort,\n\
         er zählt die Säcke, zählt das Geld,\nund zählt es wieder neu,\nund draußen liegt die stille Welt\nim frisch gemähten Heu.",
        "La nuit descend sur le canal,\nles péniches sont au repos,\nun vieux marin lit le journal,\net moi, je cherche tes mots,\n\
         je cherche tes mots dans le vent,\ndans la fumée des toits,\nils passent, comme le temps,\nils ne parlent pas de moi.",
        "El río baja sin hablar,\nla luna lo acompaña,\nun niño quiere ya nadar,\ny espera la mañana,\nla espera solo en el portal,\ncon un farol de caña.",
        "Над тихой рекой поднимается дым,\nи лодка стоит у причала,\nи кажется город совсем молодым,\nи всё начинается сначала,\n\
         и ветер приносит чужие слова,\nи падает снег на перила,\nи помнит о лете сухая трава,\nи ты обо мне не забыла.",
        "远山云未起，\n小舟泊岸边。\n谁家吹短笛，\n一夜不能眠。",
        "远山云未起，小舟泊岸边。\n谁家吹短笛，一夜不能眠。",
        "يا ليل طل على البحار،\nوخذ من الموج الغناء،\nواترك لنا ضوء النهار،\nيمشي على الرمل مساء.",
        "नदी किनारे बैठी शाम,\nचुप है सारा गाँव,\nकोई लेता है तेरा नाम,\nपेड़ों की है छाँव।",
        "Kedem rüzgâr eser dağlardan,\nırmaklar susar gecede,\nbir yolcu geçer bağlardan,\nadı kalır bilmecede,\nsesi gelir uzaklardan,\nbir mum yanar pencerede.",
    ] {
        check(poem, Verse);
    }
}

#[test]
fn lyrics_without_commas_have_stanzas_or_a_refrain() {
    check(
        "I left my coat on the morning train\nand the driver never knew my name\nthey were calling out for rain\n\n\
         oh carry me over the old stone bridge\ncarry me over the water\ntell your mother and your daughter\n\n\
         I found my coat at the end of the line\nand the buttons were no longer mine\nso I bought a bottle of wine",
        Verse,
    );
    check(
        "I walk the line of the river\nI hear the bells of the town\nand nobody knows where I came from\nand nobody lets me down\n\n\
         I carry a stone in my pocket\nI carry a song in my shoe\nand all of the roads that I wander\nare roads that come back to you",
        Verse,
    );
    check_lines(&[
        ('V', "carry me over the old stone bridge"),
        ('V', "carry me over the water"),
        ('V', "and the lights go down on the harbor wall"),
        ('V', "and the children sleep through it all"),
        ('V', "there is nobody left to call"),
        ('V', ""),
        ('.', "✗You might also like"),
        ('V', ""),
        ('V', "carry me over the old stone bridge"),
        ('V', "carry me over the water"),
    ]);
}

#[test]
fn recipes_and_steps_are_lists_with_what_introduces_them() {
    for list in [
        "For the dough you will need the following things:\n- flour\n- water\n- a pinch of salt",
        "Press the buttons below in exactly this order:\n\n1. Menu\n2. Settings\n✗3. Share\n4. Continue",
        "Für den Teig braucht man am Abend vorher:\n• Mehl\n• Wasser\n• Salz",
        "Pour préparer la soupe il vous faut :\n– des poireaux\n– des pommes de terre\n– du beurre",
        "Para la masa se necesita lo siguiente, más o menos:\n* harina\n* agua\n* sal",
        "Для теста нам понадобятся самые простые продукты:\n1) мука\n2) вода\n3) соль",
        "生地を作るためには次の材料を用意してください：\n・小麦粉\n・水\n・塩",
        "本次更新主要包括以下几个方面的内容：\n1、修复了登录问题\n2、增加了搜索\n3、分享",
        "Ingredients:\n250 g flour\n2 eggs\n½ teaspoon salt\n1 onion, chopped",
        "Zutaten:\n- 250 g mehl\n- 2 eier\n- 1/2 tasse milch",
        "250 g flour\n2 eggs\n1 onion\n3 cloves of garlic",
        "1. Boil the plums until they are soft.\n2. Work in the flour.\n✗3. Share\n4. Let it rest for an hour.",
        "## [1.2.0] — 2021-05-03\n\n### Added\n\n- Share button\n- Print to PDF\n\n## 1.1.0\n\n- Dark mode\n✗- Log in",
        "This release changes what follows for all users:\n- fix: the cache is emptied at the start, and no longer while a page is being drawn\n  for the first time\n- new: search\n- new: share",
    ] {
        check(list, List);
    }
}

#[test]
fn a_list_ends_where_its_items_end() {
    check_lines(&[
        ('.', "The mill was sold in the spring."),
        ('L', "The new owner wants to change three things:"),
        ('L', "- the roof"),
        ('L', "- the wheel"),
        ('.', ""),
        ('.', "Nothing is decided yet."),
        ('.', "- Home"),
        ('.', "- Contact"),
    ]);
}

#[test]
fn interviews_plays_and_chats_are_dialogue() {
    for talk in [
        "Q: When did you begin to build boats?\nA: When I was nine.\nQ: And who taught you?\nA: Nobody. I looked at what my uncle did.\nQ: Yes.\nA: That was it.",
        "Anna Berg: Wie lange wohnen Sie schon hier?\nKarl Voss: Seit zwanzig Jahren.\nAnna Berg: Und gefällt es Ihnen?\nKarl Voss: Ja, sehr. Im Winter ist es still.",
        "Журналист: Вы давно здесь живёте?\nПётр: Двадцать лет.\nЖурналист: И вам нравится?\nПётр: Да, зимой тихо.",
        "記者：いつから船を作っているのですか。\n田中：九歳の頃からです。\n記者：誰に教わりましたか。\n田中：誰にも。叔父を見ていました。",
        "**Reporter:** ¿Cuándo empezó?\n**Lola:** A los nueve años.\n\nEn aquel tiempo no había escuela en el pueblo.\n\n**Reporter:** ¿Y quién le enseñó?\n**Lola:** Nadie, de verdad.",
        "[12:01] anna: hello\n[12:01] bo: hi there\n[12:02] anna: is the build green\n[12:03] bo: share the log",
        "12/03/2020, 14:02 - Anna: hello\n12/03/2020, 14:03 - Bo: hi\n12/03/2020, 14:05 - Anna: share it\n12/03/2020, 14:06 - Bo: ok",
        "**How many guests?**\nFour thousand.\n**Do they write?**\nThey do.\n**Is it cold?**\nNo.\n**Will you stay?**\nYes.",
        "<mira> anyone here\n<tom> yes\n<mira> the mirror is down\n<tom> again",
        "ODA. Close the door.\n\nPELL. It is closed.\n\nODA. Then open it.\n\n(He does.)\n\nPELL (from the stairs). What does he want?",
        "How many guests do you have?\n\nFour thousand. And one goat.\n\nDo they write in the book?\n\nThey do.\n\n\
         Any comments on the road?\n\nNo comment.\n\nAre you going to stay?\n\nAsk me again in ten years.",
        "MARTHA\nIs the kettle on?\n\nJOHN\nIt has been on since four.\n\nMARTHA\nThen we have time.\n\nJOHN\n(He sits down.)\nTime is all we have.",
        "ARKADINA.\nKde je můj klobouk?\nTRIGORIN.\nNa židli.\nARKADINA.\nDěkuji vám.\nTRIGORIN.\nNení zač.",
    ] {
        check(talk, Dialogue);
    }
}

#[test]
fn dashes_and_quotes_are_dialogue_if_sentences_are_said() {
    for talk in [
        "– Skal du med?\n– Nej.\n– Hvorfor ikke?",
        "— Ты придёшь?\n— Нет.\n— Почему?\nОн долго молчал и смотрел в окно.\n— Не знаю.",
        "— Tu viens ?\n— Non, pas ce soir.\n— Dommage.",
        "- Przyjdziesz jutro?\n- Nie wiem.\n- Szkoda.",
        "“Are you coming?” she asked.\n“No.”\nHe looked out of the window for a while.\n“Why not?”",
        "„Kommst du mit?“\n„Nein.“\n„Warum nicht?“ fragte sie leise.",
        "«Vieni con noi?»\n«No.»\n«Perché no?»",
        "「一緒に来る？」\n「いや、行かない」\n「どうして？」",
    ] {
        check(talk, Dialogue);
    }
}

#[test]
fn code_is_between_fences_or_looks_like_code() {
    check("```python\nShare\n\n✗Advertisement\n```", Code);
    check("~~~\nHome\n✗Share\n~~~", Code);
    check("    $ make\n    Continue\n    $ ./run --fast\n    $ echo done", Code);
    check("    fn main() {\n        let x = 1;\n\n        print(x);\n    }", Code);
    check("\tfor (i = 0; i < n; i++) {\n\t\tshare(i);\n\t}", Code);
    check_lines(&[
        ('.', "First install it:"),
        ('C', "```sh"),
        ('C', "dechaff clean in out"),
        ('C', "```"),
        ('.', "Then read on. A fence that nobody closes:"),
        ('.', "```"),
        ('.', "Home"),
        ('.', "~~~"),
        ('.', "Contact"),
    ]);
}

#[test]
fn tables_have_a_rule_or_numbers_in_columns() {
    for table in [
        "| Button | Meaning |\n|---|---|\n| Share | sends it |\n✗| Share |  |",
        "Team | Points\n--- | ---\nRovers | 12\nUnited | 9",
        "+-------+-----+\n| Share | Up  |\n+-------+-----+\n| Bond  | Off |\n+-------+-----+",
        "1\tRovers\t12:3\t31\n2\tUnited\t9:4\t28\n3\tWanderers\t7:7\t20",
        "Pos  Nombre         Tiempo   Puntos\n1    Lola Ruiz      2:31.4   25\n2    Ana Gil        2:31.9   18\n3    Eva Sanz       2:33.0   15",
        "1 Skerry 9 7 1 22\n2 Brack United 9 6 2 18\n3 Tarn 9 5 3 12",
        "name,year,points\nRovers,1931,12\nUnited,1940,9\nWanderers,1951,7",
        "年\t売上\t利益\n2019\t1200\t80\n2020\t1100\t60\n2021\t1300\t95",
        "Åbning  Lukning  Kurs  Ændring\n12,1    12,4     12,3  +0,2\n9,7     9,9      9,8   -0,1\n31,0    30,2     30,4  -0,6",
    ] {
        check(table, Table);
    }
}

#[test]
fn bibliographies_are_references() {
    for list in [
        "Berg, A. (1998). The mills of the north. Journal of Water, 12(3), 45–67.\nVoss, K. (2004). On wheels. Example Press.\nLind, M. & Dahl, P. (2011). Rivers and rights. Law Today, 8, 112–130.",
        "[1] A. Berg, K. Voss. On the age of bridges. 2003.\n[2] M. Lind. Stone and water. 2011, pp. 12–31.\n[3] P. Dahl et al. Old roads. 2015. doi:10.0000/example",
        "^ Lind, Maria (2010). \"Broarna\". Exempelbladet. Läst 3 maj 2012.\n^ Dahl, Per (2011). \"Åarna\". Exempelbladet.\n^ Berg, Anna (2015-02-03). Vägarna. ISBN 000-0-00-000000-0",
        "Петров В. И. Мосты севера. — Пример, 1998. — С. 45–67.\nИванова А. С. Реки и право. — Пример, 2004. — С. 12–31.\nСидоров П. П. Старые дороги. — Пример, 2011. — С. 112–130.",
        "[1] 田中一郎（2003）『橋の歴史』例出版。\n[2] 山田花子（2010）『川と法』例出版。\n[3] 鈴木次郎（2015）『古い道』例出版。",
        "Müller, H.: Die Brücken des Nordens. Beispielverlag, Berlin 1998, S. 45–67.\nVoss, K.: Räder. Beispielverlag, Köln 2004 (ISBN 0-00-000000-0).\nLind, M.: Flüsse. In: Wasser 12 (3), 2011, S. 112–130.",
    ] {
        check(list, References);
    }
}

#[test]
fn furniture_is_no_region() {
    for junk in [
        // Menus.
        "Home\nNews\nSport\nWeather\nContact us\nAbout us",
        "    * Home\n    * News\n        * World\n        * Europe\n    * Sport\n    * Log in",
        "| Home | News | Sport |\n| Log in | Register | Help |",
        "Home   News   Sport   Weather\nLogin   Register   Help   About\nJobs   Press   Terms   Privacy",
        // Lists of links with headings.
        "Related stories:\n- The mill is sold\n- The bridge is closed\n- A new ferry",
        "✗You may also like these stories from our readers:\n- The mill is sold\n- The bridge is closed",
        "Weitere Artikel zum Thema:\n• Die Mühle ist verkauft\n• Die Brücke ist gesperrt",
        "Читайте также:\n— Мельница продана\n— Мост закрыт\n— Новый паром",
        "関連記事：\n・水車が売れた\n・橋が閉鎖\n・新しい船",
        // Comments.
        "Anna says:\nGreat post!\nReply\nBo says:\nThanks for sharing.\nReply\nEva says:\nI made this today.\nReply",
        "Anna\nMay 3, 2019 at 9:12 am\nGreat post!\nReply\nBo\nMay 4, 2019 at 8:01 am\nThanks.\nReply",
        // Share bars, counters, products.
        "Share\nTweet\nPin\nEmail\n12 shares\n3 comments\n1.2K views",
        "Garden chair\n$49.00\nAdd to cart\nGarden table\n$129.00\nAdd to cart\nParasol\n$39.00\nAdd to cart",
        "Author: Anna Berg\nPublished: 3 May 2019\nCategory: News\nTags: mills, rivers\nSource: Example Wire",
        "Price: 49\nStock: 3\nColor: red\nPrice: 129\nStock: 1\nColor: blue",
        // Headlines.
        "The mill is sold, 3 May 2019\nThe bridge is closed, 2 May 2019\nA new ferry, 1 May 2019",
        "1. The mill is sold (2019)\n2. The bridge is closed (2019)\n3. A new ferry (2018)",
        "The mill is sold after a hundred years\nRead the full story\nThe bridge is closed for the winter\nRead the full story\n\
         A new ferry will come in spring\nRead the full story",
        "– Møllen er solgt\n– Broen er lukket\n– Ny færge til foråret",
        "3 May 2019\n2 May 2019\n28 april 2019\n27 april 2019\n26 march 2019",
        "12 shares\n5 shares\n3 shares\n8 shares\n2 shares",
        "1. Anna says:\nGreat post!\n2. Bo says:\nThanks.\n3. Eva says:\nI made this today.",
        "Most read\n1. The mill is sold\n2. The bridge is closed\n3. A new ferry",
        "Who sold the mill?\nWhy is the bridge closed?\nWhen does the ferry come?\nWhere is the bell?\nWho was the keeper?",
        "mills, rivers,\nbridges, ferries,\nnews, local,\nsport, weather,",
        "“The best chair I ever had.”\nAnna B.\n“I love it so much.”\nBo C.\n“Five stars from me!”\nEva D.",
        // A calendar and a footer.
        "M   T   W   T   F   S   S\n1   2   3   4   5   6   7\n8   9   10  11  12  13  14\n15  16  17  18  19  20  21",
        "© 2019 Example Media\nTerms of use\nPrivacy policy\nAll rights reserved.",
    ] {
        check_none(junk);
    }
}

#[test]
fn prose_is_no_region() {
    check_none(
        "The council met on Tuesday and after a long debate it voted to keep the old bridge open.\n\n\
         \"We had no choice,\" said the mayor, who had been against it.\n\nThe ferry will go on, too: nobody wants to walk.",
    );
}

#[test]
fn junk_is_looked_through_and_is_no_evidence() {
    check_lines(&[
        ('D', "Q: When did you begin?"),
        ('D', "A: When I was nine."),
        ('D', ""),
        ('.', "✗Advertisement"),
        ('D', ""),
        ('D', "Q: And who taught you?"),
        ('D', "A: Nobody did."),
    ]);
    check_lines(&[('.', "– Kommer du?"), ('.', "✗– Annonce!"), ('.', "– Nej.")]);
}
